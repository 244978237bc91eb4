import {exitCode, SetupError, type Failure} from '../../errors.ts';
import {commandText} from '../../platform/command-text.ts';
import {foundOn} from '../../platform/vira/programs.ts';
import type {Facts} from '../../platform/facts.ts';
import {isOurService, managerOf} from '../../platform/service-manager/registry.ts';
import type {System} from '../../platform/system.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';
import {load} from '../load/load.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import type {Existing, ExistingFiles} from '../../platform/installed/situation.ts';

/** What vira-setup has already set up here. */
export type Installation =
	| {
			readonly is: 'nothing';
			/** The kind of run that was interrupted without settings: before it wrote them, or after it deleted them. */
			readonly begun: 'setup' | 'removal' | undefined;
			/** Whether vira-setup created the service, but there is no receipt of it. */
			readonly isUnrecorded: boolean;
	  }
	| {readonly is: 'there'; readonly settings: Settings; readonly existing: Existing}
	| {
			/** Something is set up, but its settings or receipt cannot be used. */
			readonly is: 'unreadable';
			readonly failure: Failure;
	  };

/** The saved settings, with the defaults of this machine. */
const settingsAsSaved = ({saved}: Existing, facts: Facts): Settings =>
	withGiven(defaultSettings(foundOn(facts)), saved?.given ?? new Map());

type Nothing = Extract<Installation, {is: 'nothing'}>;

/** What exists without settings. */
export const nothingIn = ({receipt, files}: ExistingFiles, {serviceFiles}: Facts): Nothing => ({
	is: 'nothing',
	begun: receipt && (receipt.removing ? 'removal' : 'setup'),
	isUnrecorded: !receipt && serviceFiles.some((path) => isOurService(files.get(path)?.content ?? '')),
});

/** Reads only. */
export const findInstallation = async (system: System, facts: Facts): Promise<Installation> => {
	try {
		const existing = await load(system, facts);
		return existing.saved
			? {is: 'there', settings: settingsAsSaved(existing, facts), existing}
			: nothingIn(existing, facts);
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		return {is: 'unreadable', failure: error.failure};
	}
};

/** The saved settings; without any that can be read, the defaults of this machine. */
export const settingsHere = async (system: System, facts: Facts): Promise<Settings> => {
	const installation = await findInstallation(system, facts);
	return installation.is === 'there' ? installation.settings : defaultSettings(foundOn(facts));
};

/** Of files and services of others. */
export const notOurs = 'not created by vira-setup';

/** By the kind of run that was interrupted. */
export const interrupted = {
	setup: 'An earlier run of vira-setup was interrupted.',
	removal: 'An earlier uninstall was interrupted.',
} as const;

/** Why a service of ours may have no receipt. */
export const whyUnrecorded = (facts: Facts): string =>
	`${filesOf(facts).receipt} does not exist: XDG_STATE_HOME may have had another value when Vira was set up.`;

/** A service of this name that vira-setup did not create, or whose receipt is elsewhere. */
const serviceOn = (facts: Facts, {isUnrecorded}: Nothing): string | undefined => {
	const {file, active, mainPid} = facts.service;
	if (file === undefined) return undefined;
	const process = mainPid === undefined ? '' : `, PID ${mainPid}`;
	const what = isUnrecorded ? 'created by vira-setup' : notOurs;
	const state = active === 'active' ? `running${process}` : 'not running';
	return [
		`Found a service ${what}: ${file} (${state})`,
		...(isUnrecorded ? [whyUnrecorded(facts)] : []),
	].join('\n');
};

/** The message if nothing is set up, and why that may be. */
export const notSetUp = (facts: Facts, nothing: Nothing): Failure => {
	const {begun} = nothing;
	const [reason] = managerOf(facts).refusals;
	const why = reason
		? [reason.message, reason.detail].filter(Boolean).join('\n')
		: begun
			? interrupted[begun]
			: serviceOn(facts, nothing);
	const goesOn = begun === 'removal' ? [{say: 'removes the rest', command: 'vira-setup uninstall'}] : [];
	const stops =
		!reason && !begun && facts.service.active === 'active'
			? [{say: 'stops it', command: commandText(managerOf(facts).commands.stop)}]
			: [];
	return {
		message: 'Vira is not set up here.',
		...(why !== undefined && {detail: why}),
		fixes: [...goesOn, ...stops, ...(reason?.fixes ?? [{say: 'sets it up', command: 'vira-setup'}])],
		exit: exitCode.unsuitable,
	};
};

/** What is set up here; throws if nothing is. */
export const demandInstallation = async (
	system: System,
	facts: Facts,
): Promise<Exclude<Installation, Nothing>> => {
	const installation = await findInstallation(system, facts);
	if (installation.is === 'nothing') throw new SetupError(notSetUp(facts, installation));
	return installation;
};
