import type {Shell} from '../commands.ts';
import {bashCompletion} from './bash.ts';
import {fishCompletion} from './fish.ts';
import {zshCompletion} from './zsh.ts';

const scripts: Readonly<Record<Shell, () => string>> = {
	bash: bashCompletion,
	zsh: zshCompletion,
	fish: fishCompletion,
};

/** The completion script of a shell. */
export const completionScript = (shell: Shell): string => scripts[shell]();
