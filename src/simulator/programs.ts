import type {RunResult} from '../platform/system.ts';
import type {Machine} from './machine.ts';
import {failed, output} from './result.ts';
import {commandNotFound} from './command-words.ts';
import type {MachineState} from './machine-state.ts';
import type {SimulatedVira} from './vira/vira-process.ts';

/** The folders that a session of the user looks for programs in. */
export const searchPath = ({user, mac}: MachineState): readonly string[] => [
	`${user.home}/.nix-profile/bin`,
	'/usr/local/bin',
	'/usr/bin',
	'/bin',
	...(mac ? ['/usr/sbin', '/sbin'] : []),
];

export const findProgram = async ({state, files}: Machine, program: string): Promise<string | undefined> => {
	const candidates = program.includes('/')
		? [program]
		: searchPath(state).map((folder) => `${folder}/${program}`);
	for (const candidate of candidates) {
		const found = await files.inspect(candidate);
		if (found?.leadsTo === 'file' && found.executable) return candidate;
	}
	return undefined;
};

/** The simulated Vira that a program is, by whatever path: an installed one, or one that Nix has built. */
export const viraProgramAt = async (
	{state, files}: Machine,
	program: string,
): Promise<SimulatedVira | undefined> => {
	const asked = (await files.inspect(program))?.realPath;
	if (asked === undefined) return undefined;
	const installed = [...(state.vira ? [state.vira] : []), ...state.otherViras];
	const places = await Promise.all(installed.map(({path}) => files.inspect(path)));
	return state.built[asked] ?? installed.find((_, index) => places[index]?.realPath === asked);
};

/** The one interpreter that every machine has. */
const shell = '/bin/sh';

/** Why execve(2) does not run an executable file, in the kernel's words; undefined: it does, as far as this is simulated. */
export const execFailure = async ({files}: Machine, path: string): Promise<string | undefined> => {
	const text = (await files.readFile(path)) ?? '';
	const interpreter = /^#!\s*(\/\S+)/u.exec(text)?.[1];
	if (interpreter === undefined) return 'Exec format error';
	const isThere = interpreter === shell || (await files.inspect(interpreter))?.executable === true;
	return isThere ? undefined : 'No such file or directory';
};

/** chmod(1) of a folder: by its number, or `go-w`. */
export const chmod = async (machine: Machine, command: readonly string[]): Promise<RunResult> => {
	const {state, files} = machine;
	const [, change = '', path = '', ...more] = command;
	if (!/^(?:go-w|[0-7]{3,4})$/u.test(change) || more.length > 0) throw commandNotFound(command);
	const found = await files.inspect(path);
	if (found?.kind !== 'folder') return failed(`chmod: cannot access '${path}': No such file or directory`);
	const mode = change === 'go-w' ? found.mode & ~0o022 : Number.parseInt(change, 8);
	state.modes = {...state.modes, [path]: mode};
	return output('');
};
