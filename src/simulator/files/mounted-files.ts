import type {MachineState} from '../machine-state.ts';
import {followed, withFolderFollowed} from './links.ts';
import type {FileAccess} from './machine-files.ts';

type Mounts = Pick<MachineState, 'links' | 'unmounted'>;

const isHidden = ({unmounted}: Mounts, place: string | undefined): boolean =>
	unmounted.some((folder) => place?.startsWith(`${folder}/`));
const demandMounted = (state: Mounts, path: string): void => {
	if (isHidden(state, followed(path, state.links)))
		throw Object.assign(new Error(`ENOENT: no such file or directory, '${path}'`), {code: 'ENOENT'});
};

const inspectMounted = async (
	files: FileAccess,
	state: Mounts,
	path: string,
): ReturnType<FileAccess['inspect']> => {
	if (isHidden(state, withFolderFollowed(path, state.links))) return undefined;
	const found = await files.inspect(path);
	if (!found || !isHidden(state, followed(path, state.links))) return found;
	const nowhere = {realPath: undefined, leadsTo: undefined};
	return {...found, ...nowhere, executable: false, readable: false, writable: false};
};

/** Files without those on file systems that are not mounted now; their mount points are empty folders. */
export const mountedFiles = (files: FileAccess, state: Mounts): FileAccess => {
	const place = (path: string) => followed(path, state.links);
	return {
		readFile: async (path, options) =>
			isHidden(state, place(path)) ? undefined : files.readFile(path, options),
		inspect: (path) => inspectMounted(files, state, path),
		list: async (path) => {
			if (isHidden(state, place(path))) return undefined;
			return state.unmounted.includes(place(path) ?? '') ? [] : files.list(path);
		},
		writeFile: async (path, content, mode) => {
			demandMounted(state, path);
			return files.writeFile(path, content, mode);
		},
		move: async (from, to) => {
			demandMounted(state, from);
			demandMounted(state, to);
			return files.move(from, to);
		},
		deleteFile: async (path) =>
			isHidden(state, withFolderFollowed(path, state.links)) ? undefined : files.deleteFile(path),
		makeFolder: async (path, mode) => {
			demandMounted(state, path);
			return files.makeFolder(path, mode);
		},
		deleteFolder: async (path, options) => {
			demandMounted(state, path);
			return files.deleteFolder(path, options);
		},
	};
};
