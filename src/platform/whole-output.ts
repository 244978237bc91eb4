import {fstatSync, writeSync} from 'node:fs';
import {Writable} from 'node:stream';

/**
 * Standard output that writes all or fails. A disk that becomes full takes the beginning of a piece (write(2)), and
 * Node, where standard output is a file, takes that for the whole.
 */
export const wholeOutput = (stdout: NodeJS.WriteStream & {readonly fd: number}): NodeJS.WriteStream => {
	const {fd} = stdout;
	if (!fstatSync(fd).isFile()) return stdout;
	const write = (bytes: Uint8Array): void => {
		for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
	};
	// At once, as Node itself does it: what goes to the same file on standard error keeps its place.
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
