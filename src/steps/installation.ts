import {exitCode, SetupError, type Complaint} from '../errors.ts';
import {foundOn} from '../platform/find-installed.ts';
import type {Facts} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {load} from './load.ts';
import {managerOf} from './managers.ts';
import type {Existing} from './situation.ts';

/** What vira-setup has set up here before. */
export type Installation =
	| {
			readonly is: 'nothing';
			/** Whether a run was ended before it had written its settings. */
			readonly begun: boolean;
	  }
	| {readonly is: 'there'; readonly settings: Settings; readonly existing: Existing}
	| {
			/** Something is there, and what we know of it cannot be used. */
			readonly is: 'unreadable';
			readonly complaint: Complaint;
	  };

/** The settings that were saved, on what the defaults are here. */
export const savedSettings = ({saved}: Existing, facts: Facts): Settings =>
	withGiven(defaultSettings(foundOn(facts)), saved?.given ?? new Map());

/** Reads only, and complains of nothing. */
export const findInstallation = async (system: System, facts: Facts): Promise<Installation> => {
	try {
		const existing = await load(system, facts);
		return existing.saved
			? {is: 'there', settings: savedSettings(existing, facts), existing}
			: {is: 'nothing', begun: existing.receipt !== undefined};
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		return {is: 'unreadable', complaint: error.complaint};
	}
};

/** What is said where there is nothing to look after, and why that may be. */
export const notSetUp = (facts: Facts, {begun}: {readonly begun: boolean}): Complaint => {
	const [reason] = managerOf(facts).refusals;
	const interrupted = begun ? 'A run of vira-setup was ended before it was done.' : undefined;
	const why = reason
		? [reason.title, reason.consequence].filter((one) => one !== '').join('\n')
		: interrupted;
	return {
		what: 'Vira is not set up here.',
		...(why !== undefined && {why}),
		next: reason?.mend ?? ['vira-setup   sets it up.'],
		code: exitCode.unsuitable,
	};
};
