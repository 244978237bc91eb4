import {basename} from 'node:path';
import type {Command, RunResult, System} from '../../src/platform/system.ts';

const changingWords: Readonly<Record<string, readonly string[]>> = {
	systemctl: ['daemon-reload', 'enable', 'disable', 'start', 'stop', 'restart', 'reset-failed'],
	loginctl: ['enable-linger', 'disable-linger'],
	launchctl: ['bootstrap', 'bootout', 'enable', 'disable', 'kickstart'],
	nix: ['build'],
};

/** Whether a command can change the machine. */
const isChanging = ([program, ...words]: Command): boolean =>
	words.some((word) => changingWords[basename(program)]?.includes(word));

/** Something that a program asks of the machine. */
export interface Operation {
	readonly kind: 'read' | 'write' | 'command';
	/** Such as `writeFile /home/alice/notes`, or `run systemctl --user daemon-reload`. */
	readonly what: string;
	/** Whether the machine can change by it. */
	readonly changes: boolean;
}

/** Gets each operation and decides its result. */
export type Pass = <T>(operation: Operation, perform: () => Promise<T>) => Promise<T>;

/** The system; every file operation and every command goes through `pass`. */
export const through = <S extends System>(system: S, pass: Pass): S => {
	const read = <T>(what: string, perform: () => Promise<T>): Promise<T> =>
		pass({kind: 'read', what, changes: false}, perform);
	const write = <T>(what: string, perform: () => Promise<T>): Promise<T> =>
		pass({kind: 'write', what, changes: true}, perform);
	return {
		...system,
		readFile: (path, options) => read(`readFile ${path}`, () => system.readFile(path, options)),
		inspect: (path) => read(`inspect ${path}`, () => system.inspect(path)),
		list: (path) => read(`list ${path}`, () => system.list(path)),
		fileSystemAt: (path) => read(`fileSystemAt ${path}`, () => system.fileSystemAt(path)),
		// What it writes is lost when it returns.
		withScratchFile: (name, content, use) =>
			pass({kind: 'write', what: `withScratchFile ${name}`, changes: false}, () =>
				system.withScratchFile(name, content, use),
			),
		writeFile: (path, content, mode) =>
			write(`writeFile ${path}`, () => system.writeFile(path, content, mode)),
		move: (from, to) => write(`move ${from}`, () => system.move(from, to)),
		deleteFile: (path) => write(`deleteFile ${path}`, () => system.deleteFile(path)),
		makeFolder: (path, mode) => write(`makeFolder ${path}`, () => system.makeFolder(path, mode)),
		deleteFolder: (path, options) => write(`deleteFolder ${path}`, () => system.deleteFolder(path, options)),
		run: (words, options) =>
			pass({kind: 'command', what: `run ${words.join(' ')}`, changes: isChanging(words)}, () =>
				system.run(words, options),
			),
		runAsRoot: (words) =>
			pass({kind: 'command', what: `runAsRoot ${words.join(' ')}`, changes: true}, () =>
				system.runAsRoot(words),
			),
	};
};

const numbers = {ENOSPC: 28, EACCES: 13, EROFS: 30, EIO: 5} as const;
const messages = {
	ENOSPC: 'no space left on device',
	EACCES: 'permission denied',
	EROFS: 'read-only file system',
	EIO: 'i/o error',
} as const;

type FileFault = keyof typeof numbers;

/** `too-late`: it was done, and did not respond in time; `timeout`: it was not even started. */
type CommandFault = 'status' | 'timeout' | 'too-late' | 'garbage';

export type Fault = FileFault | CommandFault;

/** How an operation can fail: reading needs no space, and works on a read-only file system. */
export const faultsOf = ({kind}: Operation): readonly Fault[] => {
	if (kind === 'command') return ['status', 'timeout', 'too-late', 'garbage'];
	return kind === 'read' ? ['EACCES', 'EIO'] : ['ENOSPC', 'EACCES', 'EROFS', 'EIO'];
};

/** As Node throws it; `says` stands at its end. */
const fileError = (code: FileFault, what: string, says: string): Error => {
	const [name = '', path = ''] = what.split(' ');
	return Object.assign(new Error(`${code}: ${messages[code]}, ${name} '${path}'${says}`), {
		code,
		errno: -numbers[code],
		syscall: name,
		path,
	});
};

const garbage = 'PK\u0003\u0004\uFFFD=\u0000\u001B[31m{"<plist>:\n\uFFFD\uFFFD = yes?\n';

const nothing: RunResult = {exitCode: undefined, stdout: '', stderr: '', timedOut: false, found: true};

interface Failure {
	readonly fault: Fault;
	/** Its own message, in addition to what such a failure always prints. */
	readonly says?: string;
}

const failCommand = async (
	fault: CommandFault,
	says: string,
	perform: () => Promise<unknown>,
): Promise<RunResult> => {
	switch (fault) {
		case 'status':
			return {...nothing, exitCode: 1, stdout: says, stderr: `Connection reset by peer${says}`};
		case 'timeout':
			return {...nothing, timedOut: true};
		case 'too-late':
			await perform();
			return {...nothing, timedOut: true};
		case 'garbage':
			await perform();
			return {...nothing, exitCode: 0, stdout: garbage, stderr: garbage};
	}
};

const isFileFault = (fault: Fault): fault is FileFault => fault in numbers;

/** Fails as an operation of its kind does. */
const fail = async <T>(
	{what}: Operation,
	{fault, says = ''}: Failure,
	perform: () => Promise<T>,
): Promise<T> => {
	if (isFileFault(fault)) throw fileError(fault, what, says);
	// Only a command can fail like this; this is its result.
	return (await failCommand(fault, says, perform)) as T;
};

/** Which operation fails, from 1, and how. */
export interface Failing {
	readonly at: number;
	readonly fault: Fault;
	/** Whether all later ones that can fail like this do so too: a full disk stays full. */
	readonly stays?: boolean;
}

/** The system, one operation of which fails. */
export const failing = <S extends System>(system: S, {at, fault, stays = false}: Failing): S => {
	let count = 0;
	return through(system, async (operation, perform) => {
		count += 1;
		const fails = count === at || (stays && count > at && faultsOf(operation).includes(fault));
		return fails ? fail(operation, {fault}, perform) : perform();
	});
};

/**
 * The system, whose n-th change (from 1) fails. `after`: the change is made all the same, and only its answer is lost, as
 * with a time limit. `says`: what the failure says of itself.
 */
export const failingAt = <S extends System>(
	system: S,
	n: number,
	moment: 'before' | 'after' = 'before',
	says = '',
): S => {
	let changes = 0;
	return through(system, async (operation, perform) => {
		if (!operation.changes) return perform();
		changes += 1;
		if (changes !== n) return perform();
		if (moment === 'after') await perform();
		return fail(operation, {fault: operation.kind === 'command' ? 'status' : 'ENOSPC', says}, perform);
	});
};

/** Every operation on a system while `work` runs. */
export const operationsIn = async <S extends System>(
	system: S,
	work: (system: S) => Promise<unknown>,
): Promise<readonly Operation[]> => {
	const operations: Operation[] = [];
	await work(
		through(system, (operation, perform) => {
			operations.push(operation);
			return perform();
		}),
	);
	return operations;
};

/** How many changes `work` makes to a system. */
export const changesIn = async <S extends System>(
	system: S,
	work: (system: S) => Promise<unknown>,
): Promise<number> => (await operationsIn(system, work)).filter(({changes}) => changes).length;

const missing: RunResult = {...nothing, found: false};

/** How a command can leave its question open; what it printed so far may look like an answer. */
export const silences = {
	'fails after it has printed': (result: RunResult): RunResult => ({...result, exitCode: 1}),
	'does not end in time': (result: RunResult): RunResult => ({
		...result,
		exitCode: undefined,
		timedOut: true,
	}),
	'is missing': (): RunResult => missing,
	'cannot be started': (): RunResult => ({...nothing, notStarted: 'permission denied'}),
	'prints too much': (): RunResult => ({...nothing, overflow: 4 * 2 ** 20}),
} as const;

export type Silence = keyof typeof silences;

/** The system, on which no command with these words responds. */
export const silent = <S extends System>(
	system: S,
	words: RegExp,
	how: Silence = 'fails after it has printed',
): S => ({
	...system,
	run: async (command, options) => {
		const result = await system.run(command, options);
		return words.test(command.join(' ')) ? silences[how](result) : result;
	},
});

/** For `test.each`: every way. */
export const everySilence = Object.keys(silences) as readonly Silence[];
