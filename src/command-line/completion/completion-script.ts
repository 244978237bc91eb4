import type {Shell} from '../commands.ts';
import {bashCompletion} from './bash.ts';
import {fishCompletion} from './fish.ts';
import {offered, type Offered} from './offered.ts';
import {zshCompletion} from './zsh.ts';

const scripts: Readonly<Record<Shell, (all: Offered) => string>> = {
	bash: bashCompletion,
	zsh: zshCompletion,
	fish: fishCompletion,
};

/** The completion script of a shell. */
export const completionScript = (shell: Shell): string => scripts[shell](offered());
