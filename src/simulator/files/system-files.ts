import type {FileSystem, System} from '../../platform/system.ts';
import type {Keeper} from '../keeper.ts';
import type {MachineState} from '../machine-state.ts';
import {writeWithFolders} from '../machine.ts';
import type {FileAccess} from './machine-files.ts';
import {procLinks} from './proc-files.ts';

/** A file system with enough free space: 50 GiB. */
const roomy = (kind: string): FileSystem => ({
	kind,
	network: false,
	temporary: false,
	freeBytes: 50 * 2 ** 30,
});

const simulatedFileSystem = ({fileSystems, mac}: MachineState, path: string): FileSystem => {
	const mounted = Object.keys(fileSystems)
		.filter((place) => path === place || path.startsWith(`${place}/`))
		.toSorted((one, other) => other.length - one.length);
	return fileSystems[mounted[0] ?? ''] ?? roomy(mac ? 'apfs' : 'ext4');
};

/** What a system tells of files, and how it changes them. */
export const systemFiles = ({
	inTurn,
}: Keeper): FileAccess & Pick<System, 'fileSystemAt' | 'linksIn' | 'withScratchFile'> => ({
	readFile: (path, options) => inTurn(({files}) => files.readFile(path, options)),
	inspect: (path) => inTurn(({files}) => files.inspect(path)),
	list: (path) => inTurn(({files}) => files.list(path)),
	writeFile: (path, content, mode) => inTurn(({files}) => files.writeFile(path, content, mode)),
	move: (from, to) => inTurn(({files}) => files.move(from, to)),
	deleteFile: (path) => inTurn(({files}) => files.deleteFile(path)),
	makeFolder: (path, mode) => inTurn(({files}) => files.makeFolder(path, mode)),
	deleteFolder: (path, options) => inTurn(({files}) => files.deleteFolder(path, options)),
	fileSystemAt: (path) =>
		inTurn(async ({state, files}) =>
			(await files.inspect(path)) ? simulatedFileSystem(state, path) : undefined,
		),
	linksIn: (path) => inTurn(async ({state}) => procLinks(state, path)),
	withScratchFile: async (name, content, use) => {
		const folder = '/tmp/vira-setup-scratch';
		await inTurn(async (machine) => writeWithFolders(machine, `${folder}/${name}`, {content, mode: 0o600}));
		try {
			return await use(`${folder}/${name}`);
		} finally {
			await inTurn(({files}) => files.deleteFolder(folder, {withContents: true}));
		}
	},
});
