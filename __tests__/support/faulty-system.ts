import type {RunResult, System} from '../../src/platform/system.ts';

/** Something that a program has the machine do. */
export interface Operation {
	readonly kind: 'read' | 'change' | 'command';
	/** Such as `writeFile /home/alice/notes`, or `run systemctl --user daemon-reload`. */
	readonly what: string;
}

/** Is told of each operation, and decides what comes of it. */
export type Pass = <T>(operation: Operation, doing: () => Promise<T>) => Promise<T>;

/** The system, with every file operation and every command of it going through `pass`. */
export const through = <S extends System>(system: S, pass: Pass): S => {
	const on = <T>(kind: Operation['kind'], what: string, doing: () => Promise<T>): Promise<T> =>
		pass({kind, what}, doing);
	return {
		...system,
		readFile: (path) => on('read', `readFile ${path}`, () => system.readFile(path)),
		inspect: (path) => on('read', `inspect ${path}`, () => system.inspect(path)),
		list: (path) => on('read', `list ${path}`, () => system.list(path)),
		fileSystemAt: (path) => on('read', `fileSystemAt ${path}`, () => system.fileSystemAt(path)),
		withScratchFile: (name, content, use) =>
			on('change', `withScratchFile ${name}`, () => system.withScratchFile(name, content, use)),
		writeFile: (path, content, mode) =>
			on('change', `writeFile ${path}`, () => system.writeFile(path, content, mode)),
		move: (from, to) => on('change', `move ${from}`, () => system.move(from, to)),
		deleteFile: (path) => on('change', `deleteFile ${path}`, () => system.deleteFile(path)),
		makeFolder: (path, mode) => on('change', `makeFolder ${path}`, () => system.makeFolder(path, mode)),
		deleteFolder: (path, options) =>
			on('change', `deleteFolder ${path}`, () => system.deleteFolder(path, options)),
		run: (words, options) => on('command', `run ${words.join(' ')}`, () => system.run(words, options)),
		runAsRoot: (words) => on('command', `runAsRoot ${words.join(' ')}`, () => system.runAsRoot(words)),
	};
};

const numbers = {ENOSPC: 28, EACCES: 13, EROFS: 30, EIO: 5} as const;
const words = {
	ENOSPC: 'no space left on device',
	EACCES: 'permission denied',
	EROFS: 'read-only file system',
	EIO: 'i/o error',
} as const;

type FileFault = keyof typeof numbers;

/** `too-late`: it was done, and did not answer in time; `timeout`: it was not even begun. */
type CommandFault = 'status' | 'timeout' | 'too-late' | 'garbage';

export type Fault = FileFault | CommandFault;

/** How an operation can fail: what is only read needs no room, and may be on a file system that is read-only. */
export const faultsOf = ({kind}: Operation): readonly Fault[] => {
	if (kind === 'command') return ['status', 'timeout', 'too-late', 'garbage'];
	return kind === 'read' ? ['EACCES', 'EIO'] : ['ENOSPC', 'EACCES', 'EROFS', 'EIO'];
};

/** As Node throws it. */
const fileError = (code: FileFault, what: string): Error => {
	const [name = '', path = ''] = what.split(' ');
	return Object.assign(new Error(`${code}: ${words[code]}, ${name} '${path}'`), {
		code,
		errno: -numbers[code],
		syscall: name,
		path,
	});
};

const garbage = 'PK\u0003\u0004\uFFFD=\u0000\u001B[31m{"<plist>:\n\uFFFD\uFFFD = yes?\n';

const nothing: RunResult = {exitCode: undefined, stdout: '', stderr: '', timedOut: false, found: true};

const failCommand = async (fault: CommandFault, doing: () => Promise<RunResult>): Promise<RunResult> => {
	switch (fault) {
		case 'status':
			return {...nothing, exitCode: 1, stderr: 'Connection reset by peer'};
		case 'timeout':
			return {...nothing, timedOut: true};
		case 'too-late':
			await doing();
			return {...nothing, timedOut: true};
		case 'garbage':
			await doing();
			return {...nothing, exitCode: 0, stdout: garbage, stderr: garbage};
	}
};

const isFileFault = (fault: Fault): fault is FileFault => fault in numbers;

/** Which operations fail, from 1, and how. */
export interface Failing {
	readonly at: number;
	readonly fault: Fault;
	/** Whether all that follow, and can fail so, do it too: a disk that is full stays full. */
	readonly stays?: boolean;
}

/** The system, an operation of which fails; the rest of them pass. */
export const failing = <S extends System>(system: S, {at, fault, stays = false}: Failing): S => {
	let count = 0;
	return through(system, async <T>(operation: Operation, doing: () => Promise<T>): Promise<T> => {
		count += 1;
		const fails = count === at || (stays && count > at && faultsOf(operation).includes(fault));
		if (!fails) return doing();
		if (isFileFault(fault)) throw fileError(fault, operation.what);
		// Only of a command, which answers so.
		return (await failCommand(fault, doing as unknown as () => Promise<RunResult>)) as T;
	});
};

/** All that is done on a system while `work` goes on. */
export const operationsIn = async <S extends System>(
	system: S,
	work: (system: S) => Promise<unknown>,
): Promise<readonly Operation[]> => {
	const operations: Operation[] = [];
	await work(
		through(system, (operation, doing) => {
			operations.push(operation);
			return doing();
		}),
	);
	return operations;
};
