import {commandText} from '../command-text.ts';
import type {Facts} from '../facts.ts';
import type {Settings} from '../../settings/options.ts';

export const useAnotherVira = 'vira-setup --package PATH   uses another Vira';

/** How to replace a Vira that no longer exists: a command, and what it does. */
export const anotherVira = (
	{vira}: Facts,
	{package: gone}: Partial<Pick<Settings, 'package'>> = {},
): string =>
	vira === undefined || vira.path === gone
		? useAnotherVira
		: {say: 'uses the Vira that was found', command: commandText(['vira-setup', '--package', vira.path])};
