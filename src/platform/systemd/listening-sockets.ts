import {skim} from '../look.ts';
import {canonicalAddress} from '../network/ip-address.ts';
import type {System} from '../system.ts';

/** A listening TCP socket. */
export interface ListeningSocket {
	readonly address: string;
	/** The UID of the user who created it. */
	readonly uid: number;
	/** Links it to the open files of a process (proc(5), /proc/pid/fd). */
	readonly inode: string;
}

/** The kernel prints 32-bit words in the byte order of the machine; every machine that Vira is built for is little-endian. */
const bytesOf = (hex: string): readonly string[] =>
	(hex.match(/.{8}/gu) ?? []).flatMap((word) => (word.match(/../gu) ?? []).toReversed());

const addressIn = (hex: string): string => {
	const bytes = bytesOf(hex);
	if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
	return canonicalAddress(bytes.join('').match(/.{4}/gu)?.join(':') ?? '');
};

/**
 * `   0: 0100007F:138D 00000000:0000 0A …  1000        0 27381 …`: a number, the local address, the remote one, the
 * state (0A: TCP_LISTEN), three columns, the user, a column, the inode (proc(5), /proc/net/tcp).
 */
const socketLine = /^\s*\d+: ([\dA-F]+):([\dA-F]{4}) \S+ 0A \S+ \S+ \S+\s+(\d+)\s+\d+ (\d+) /u;

const socketsIn = (text: string, port: number): readonly ListeningSocket[] =>
	text.split('\n').flatMap((line) => {
		const [, address = '', at = '', uid, inode = ''] = socketLine.exec(line) ?? [];
		return uid !== undefined && Number.parseInt(at, 16) === port
			? [{address: addressIn(address), uid: Number(uid), inode}]
			: [];
	});

/** Every socket that listens on the port, of any user; undefined if the kernel's list cannot be read. */
export const readListeningSockets = async (
	system: System,
	port: number,
): Promise<readonly ListeningSocket[] | undefined> => {
	const texts = await Promise.all(
		// The second file does not exist if the kernel has no IPv6.
		['/proc/net/tcp', '/proc/net/tcp6'].map((path) => skim(system, path)),
	);
	if (texts[0] === undefined) return undefined;
	return texts.flatMap((text) => socketsIn(text ?? '', port));
};
