import type {Fix} from '../../notice.ts';
import {commandText} from '../command-text.ts';
import type {Facts} from '../facts.ts';
import type {Settings} from '../../settings/options.ts';

export const useAnotherVira: Fix = {say: 'uses another Vira', command: 'vira-setup --package PATH'};

/** How to replace a Vira that no longer exists. */
export const anotherVira = ({vira}: Facts, {package: gone}: Partial<Pick<Settings, 'package'>> = {}): Fix =>
	vira === undefined || vira.path === gone
		? useAnotherVira
		: {say: 'uses the Vira that was found', command: commandText(['vira-setup', '--package', vira.path])};
