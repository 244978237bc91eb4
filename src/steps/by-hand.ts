import {exitCode, type Complaint} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import type {Action} from './action.ts';
import {cannotRun} from './advice.ts';
import type {Left} from './situation.ts';

/** When a service that was stopped starts by itself again. */
export interface NextStart {
	readonly when: 'boot' | 'login' | 'never';
	readonly message: string;
}

/** How a service manager starts and stops what is set up, at somebody's word: none of its files changes. */
export interface ByHand {
	/** Why it cannot be started here and now; undefined: nothing speaks against it. */
	readonly cannotStart: (settings: Settings) => Complaint | undefined;
	/** The program that a process of the service would be of; undefined where that is not known. */
	readonly program: (system: System, existing: Left) => Promise<string | undefined>;
	/** The settings with the domain in which the service is. */
	readonly asPlaced: (settings: Settings) => Settings;
	/** Takes away what forbids to start it, and was put in the place of its file. */
	readonly unmask: readonly Action[];
	/** Nothing, where it runs. */
	readonly start: (settings: Settings) => readonly Action[];
	/** Another process than before; a start, where there is none. */
	readonly restart: (settings: Settings) => readonly Action[];
	/** Nothing, where nothing runs. */
	readonly stop: readonly Action[];
	/** Why it cannot be told whether it runs; undefined: it does not, for there is nothing that could run it. */
	readonly whyUnknown: (system: System) => Promise<Complaint | undefined>;
	/** Settings are undefined where they cannot be read. */
	readonly nextStart: (settings: Settings | undefined) => NextStart;
}

/** Where nobody could be asked: what helps against a silent service manager does not help then. */
export const toolComplaint = ({unusable}: Facts): Complaint | undefined => {
	if (!unusable) return undefined;
	const {title, detail, fixes} = cannotRun(unusable);
	return {what: title, why: detail, next: fixes, code: exitCode.unsuitable};
};
