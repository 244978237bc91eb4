import {
	accessSync,
	chmodSync,
	constants,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	realpathSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	writeFileSync,
	type Stats,
} from 'node:fs';
import type {FileAccess} from '../../src/platform/rehearsal/machine-files.ts';
import type {Inspected, Kind} from '../../src/platform/system.ts';

const kindOf = (stats: Stats): Kind => {
	if (stats.isSymbolicLink()) return 'link';
	if (stats.isDirectory()) return 'folder';
	return stats.isFile() ? 'file' : 'other';
};

const isExecutable = (path: string): boolean => {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
};

const lookAt = (path: string): Stats | undefined => {
	try {
		return lstatSync(path);
	} catch (error) {
		if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw error;
	}
};

const inspect = (path: string): Inspected | undefined => {
	const itself = lookAt(path);
	if (!itself) return undefined;
	const target = statSync(path, {throwIfNoEntry: false});
	return {
		kind: kindOf(itself),
		mode: (target ?? itself).mode & 0o7777,
		owner: (target ?? itself).uid,
		size: (target ?? itself).size,
		linksTo: itself.isSymbolicLink() ? readlinkSync(path) : undefined,
		realPath: target && realpathSync(path),
		leadsTo: target && kindOf(target),
		executable: target?.isFile() === true && isExecutable(path),
		readable: target !== undefined,
		writable: target !== undefined,
	};
};

/** Files without the real system's flushing to disk: tests lose nothing in a power cut. */
export const fileAccess: FileAccess = {
	readFile: async (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
	inspect: async (path) => inspect(path),
	list: async (path) => (existsSync(path) ? readdirSync(path) : undefined),
	writeFile: async (path, content, mode) => {
		rmSync(path, {force: true});
		writeFileSync(path, content);
		chmodSync(path, mode);
	},
	move: async (from, to) => {
		if (lookAt(to)) throw new Error(`${to} is there already.`);
		renameSync(from, to);
	},
	deleteFile: async (path) => rmSync(path, {force: true}),
	makeFolder: async (path, mode) => {
		if (existsSync(path)) return false;
		mkdirSync(path);
		chmodSync(path, mode);
		return true;
	},
	deleteFolder: async (path, {withContents}) => {
		if (withContents) {
			rmSync(path, {recursive: true, force: true});
			return;
		}
		try {
			rmdirSync(path);
		} catch (error) {
			if (!['ENOENT', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
		}
	},
};
