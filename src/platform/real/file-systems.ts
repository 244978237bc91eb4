import type {FileSystem} from '../system.ts';

type Kind = Pick<FileSystem, 'kind' | 'network' | 'temporary'>;

const temporary = (kind: string): Kind => ({kind, network: false, temporary: true});
const network = (kind: string): Kind => ({kind, network: true, temporary: false});

/** The numbers of statfs(2), "Filesystem types constants", that matter for a database. */
const kinds: ReadonlyMap<number, Kind> = new Map([
	[0x0102_1994, temporary('tmpfs')],
	[0x8584_58f6, temporary('ramfs')],
	[0x0000_6969, network('nfs')],
	[0x0000_517b, network('smb')],
	[0xff53_4d42, network('cifs')],
	[0xfe53_4d42, network('smb2')],
	[0x5346_414f, network('afs')],
	[0x00c3_6400, network('ceph')],
	[0x0102_1997, network('9p')],
	[0x6573_5546, {kind: 'fuse', network: false, temporary: false}],
]);

/** The kind of file system that a number of statfs(2) stands for. */
export const fileSystemOf = (type: number, freeBytes: number): FileSystem => ({
	...(kinds.get(type) ?? {kind: 'other', network: false, temporary: false}),
	freeBytes,
});
