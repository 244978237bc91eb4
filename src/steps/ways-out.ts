import type {Fix} from '../notice.ts';
import {moveStateAside} from '../platform/service-manager/usual-fixes.ts';
import type {Settings} from '../settings/options.ts';

/** The fixes if Vira cannot read its state. In a script, `--allow-state-reset` allows it to be moved aside. */
export const outOfOldState = ({autoResetState}: Settings): readonly [Fix, ...Fix[]] => [
	moveStateAside(`${autoResetState ? '' : '--auto-reset-state '}--allow-state-reset`),
	{say: 'uses the Vira that created it', command: 'vira-setup --package PATH'},
];
