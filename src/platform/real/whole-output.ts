import {fstatSync, writeSync} from 'node:fs';
import {Writable} from 'node:stream';

/**
 * Standard output that writes everything or fails. On a full disk, write(2) writes only the beginning of a piece, and if
 * standard output is a file, Node takes that for the whole.
 */
export const wholeOutput = (stdout: NodeJS.WriteStream & {readonly fd: number}): NodeJS.WriteStream => {
	const {fd} = stdout;
	if (!fstatSync(fd).isFile()) return stdout;
	const write = (bytes: Uint8Array): void => {
		for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
	};
	// Synchronously, like Node itself: standard error to the same file keeps its order.
	return new Writable({
		write: (bytes: Uint8Array, _, done) => {
			try {
				write(bytes);
				done();
			} catch (error) {
				done(error as Error);
			}
		},
	}) as unknown as NodeJS.WriteStream;
};
