import {commandText} from '../platform/command-text.ts';
import type {Facts} from '../platform/facts.ts';
import type {Settings} from '../settings/options.ts';

/** How another Vira takes the place of one that is gone: a command, and what it does. */
export const anotherVira = (
	{vira}: Facts,
	{package: gone}: Partial<Pick<Settings, 'package'>> = {},
): string =>
	vira === undefined || vira.path === gone
		? 'vira-setup --package PATH   takes another Vira'
		: `${commandText(['vira-setup', '--package', vira.path])}   takes the one that is there`;
