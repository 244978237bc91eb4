import type {RunResult} from '../platform/system.ts';
import type {Machine} from './machine.ts';
import {failed, said} from './result.ts';
import {unknownCommand} from './words.ts';

/** chmod(1) of a folder: by its number, or `go-w`. */
export const chmod = async (machine: Machine, command: readonly string[]): Promise<RunResult> => {
	const {state, files} = machine;
	const [, change = '', path = '', ...more] = command;
	if (!/^(?:go-w|[0-7]{3,4})$/u.test(change) || more.length > 0) throw unknownCommand(command);
	const found = await files.inspect(path);
	if (found?.kind !== 'folder') return failed(`chmod: cannot access '${path}': No such file or directory`);
	const mode = change === 'go-w' ? found.mode & ~0o022 : Number.parseInt(change, 8);
	state.modes = {...state.modes, [path]: mode};
	return said('');
};
