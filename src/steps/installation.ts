import {exitCode, SetupError, type Complaint} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import {foundOn} from '../platform/find-installed.ts';
import type {Facts} from '../platform/facts.ts';
import {isOurService} from '../platform/our-service.ts';
import type {System} from '../platform/system.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {filesOf, load} from './load.ts';
import {managerOf} from './managers.ts';
import type {Existing, Left} from './situation.ts';

/** What vira-setup has set up here before. */
export type Installation =
	| {
			readonly is: 'nothing';
			/** Which kind of run was ended with no settings there: before it had written them, or after it deleted them. */
			readonly begun: 'setup' | 'removal' | undefined;
			/** Whether the service is one that we have written, and there is no receipt of it. */
			readonly isUnrecorded: boolean;
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

type Nothing = Extract<Installation, {is: 'nothing'}>;

/** What there is where there are no settings. */
export const nothingIn = ({receipt, files}: Left, {serviceFiles}: Facts): Nothing => ({
	is: 'nothing',
	begun: receipt && (receipt.removing ? 'removal' : 'setup'),
	isUnrecorded: !receipt && serviceFiles.some((path) => isOurService(files.get(path)?.content ?? '')),
});

/** Reads only, and complains of nothing. */
export const findInstallation = async (system: System, facts: Facts): Promise<Installation> => {
	try {
		const existing = await load(system, facts);
		return existing.saved
			? {is: 'there', settings: savedSettings(existing, facts), existing}
			: nothingIn(existing, facts);
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		return {is: 'unreadable', complaint: error.complaint};
	}
};

export const interrupted = {
	setup: 'An earlier run of vira-setup was interrupted.',
	removal: 'An earlier uninstall was interrupted.',
} as const;

/** Why there can be a service of ours and no receipt. */
export const whyUnrecorded = (facts: Facts): string =>
	`There is no ${filesOf(facts).receipt}: XDG_STATE_HOME may have had another value when Vira was set up.`;

/** A service by this name that somebody has made themselves, or of which the receipt is not where we look for it. */
const serviceOn = (facts: Facts, {isUnrecorded}: Nothing): string | undefined => {
	const {file, active, mainPid} = facts.service;
	if (file === undefined) return undefined;
	const process = mainPid === undefined ? '' : `, process ${mainPid}`;
	const what = isUnrecorded ? 'that vira-setup has written' : 'that vira-setup does not know of';
	const state = active === 'active' ? `runs${process}` : 'does not run';
	return [
		`There is a service ${what}, ${file}; it ${state}.`,
		...(isUnrecorded ? [whyUnrecorded(facts)] : []),
	].join('\n');
};

/** What is said where there is nothing to look after, and why that may be. */
export const notSetUp = (facts: Facts, nothing: Nothing): Complaint => {
	const {begun} = nothing;
	const [reason] = managerOf(facts).refusals;
	const why = reason
		? [reason.title, reason.detail].filter((one) => one !== '').join('\n')
		: begun
			? interrupted[begun]
			: serviceOn(facts, nothing);
	const goesOn = begun === 'removal' ? ['vira-setup uninstall   removes the rest.'] : [];
	const stops =
		!reason && !begun && facts.service.active === 'active'
			? [`${commandText(managerOf(facts).commands.stop)}   stops it.`]
			: [];
	return {
		what: 'Vira is not set up here.',
		...(why !== undefined && {why}),
		next: [...goesOn, ...stops, ...(reason?.fixes ?? ['vira-setup   sets it up.'])],
		code: exitCode.unsuitable,
	};
};
