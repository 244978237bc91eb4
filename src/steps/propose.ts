import type {Settings} from '../settings/options.ts';
import type {Problem} from '../settings/rules.ts';
import type {Action} from './action.ts';
import type {Preview} from './preview.ts';

/** What would be done for a set of settings; nothing has been changed yet. */
export interface Proposal {
	readonly settings: Settings;
	readonly actions: readonly Action[];
	readonly preview: Preview;
}

export type Proposed =
	| {readonly good: true; readonly proposal: Proposal}
	| {readonly good: false; readonly problems: readonly Problem[]};

/** Looks at what the settings name, and plans. Reads only. */
export type Propose = (settings: Settings) => Promise<Proposed>;
