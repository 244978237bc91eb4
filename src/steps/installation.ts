import {exitCode, SetupError, type Complaint} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import {foundOn} from '../platform/find-installed.ts';
import type {Facts} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {load} from './load.ts';
import {managerOf} from './managers.ts';
import type {Existing, Left} from './situation.ts';

/** What vira-setup has set up here before. */
export type Installation =
	| {
			readonly is: 'nothing';
			/** Which kind of run was ended with no settings there: before it had written them, or after it deleted them. */
			readonly begun: 'setup' | 'removal' | undefined;
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

/** Which kind of run has left a receipt without settings beside it. */
export const begunIn = ({receipt}: Left): 'setup' | 'removal' | undefined =>
	receipt && (receipt.removing ? 'removal' : 'setup');

/** Reads only, and complains of nothing. */
export const findInstallation = async (system: System, facts: Facts): Promise<Installation> => {
	try {
		const existing = await load(system, facts);
		return existing.saved
			? {is: 'there', settings: savedSettings(existing, facts), existing}
			: {is: 'nothing', begun: begunIn(existing)};
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		return {is: 'unreadable', complaint: error.complaint};
	}
};

const interrupted = {
	setup: 'A run of vira-setup was ended before it was done.',
	removal: 'An uninstall was ended before it was done.',
} as const;

/** A service by this name that somebody has made themselves, or of which we have lost the receipt. */
const strangerOn = (facts: Facts): string | undefined => {
	const {file, active, mainPid} = facts.service;
	if (file === undefined) return undefined;
	const process = mainPid === undefined ? '' : `, process ${mainPid}`;
	return `There is a service that vira-setup does not know of, ${file}; it ${active === 'active' ? `runs${process}` : 'does not run'}.`;
};

/** What is said where there is nothing to look after, and why that may be. */
export const notSetUp = (
	facts: Facts,
	{begun}: Pick<Extract<Installation, {is: 'nothing'}>, 'begun'>,
): Complaint => {
	const [reason] = managerOf(facts).refusals;
	const why = reason
		? [reason.title, reason.consequence].filter((one) => one !== '').join('\n')
		: begun
			? interrupted[begun]
			: strangerOn(facts);
	const goesOn = begun === 'removal' ? ['vira-setup uninstall   removes the rest.'] : [];
	const stops =
		!reason && !begun && facts.service.active === 'active'
			? [`${commandText(managerOf(facts).commands.stop)}   stops it.`]
			: [];
	return {
		what: 'Vira is not set up here.',
		...(why !== undefined && {why}),
		next: [...goesOn, ...stops, ...(reason?.mend ?? ['vira-setup   sets it up.'])],
		code: exitCode.unsuitable,
	};
};
