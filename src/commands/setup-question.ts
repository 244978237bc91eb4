import type {CommandRun} from '../command-line/request.ts';
import type {Facts} from '../platform/facts.ts';
import type {Exchange, Existing} from '../platform/installed/situation.ts';
import type {System} from '../platform/system.ts';
import {untilAborted} from '../errors.ts';
import {foundOn, withChosen} from '../platform/vira/programs.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {detect} from '../steps/detect.ts';
import type {SetupOutcome} from '../steps/execute/outcome.ts';
import {loadKnown} from '../steps/load/load.ts';
import {pathCompleter, settingsSaver} from '../steps/plan/paths-in-form.ts';
import {adviceFor, exchanger, withWarnings, type Proposed} from '../steps/plan/propose.ts';
import {readinessOn} from '../steps/readiness/readiness.ts';
import {conclusion} from '../ui/words/conclusion.ts';
import type {Question, Ui} from '../ui/ui.ts';

/** A run that has detected and loaded. */
export interface Loaded extends CommandRun {
	readonly ui: Ui;
	readonly facts: Facts;
	readonly existing: Existing;
	/** Whether it was started from a screen that the person can go back to. */
	readonly canGoBack?: boolean;
}

/** The earlier answers, and the step to begin with. */
export interface Begun extends Pick<Question, 'begin'> {
	readonly answers?: Settings;
	/** What takes the place of the current builds. */
	readonly exchange?: Exchange;
	/** Adds to a proposal. */
	readonly through?: (proposed: Proposed) => Proposed;
}

/** Shows the first screen as soon as there is a front end. */
export const begin = async (opening: Promise<Ui>): Promise<Ui> => {
	const ui = await opening;
	ui.begin?.();
	return ui;
};

/** The machine may have changed since. */
export const lookAgain = async (seen: Loaded): Promise<Loaded> => {
	const {request, system, signal} = seen;
	const facts = await untilAborted(detect(system), signal);
	const existing = await untilAborted(loadKnown(system, facts, request.ignoreSaved), signal);
	return {...seen, facts, existing};
};

/** What is not given, if the saved settings do not count. */
const describedDefaults = async (system: System, facts: Facts, {receipt}: Existing): Promise<Settings> =>
	defaultSettings(await withChosen(system, foundOn(facts), receipt?.defaultPackage));

/** What is asked, with the first values of the form, and how the answers are planned and previewed. */
export const setupQuestion = async (
	{request, system, facts, existing, canGoBack}: Loaded,
	{answers, begin: step, exchange, through = (proposed) => proposed}: Begun,
): Promise<Question> => {
	const propose = exchanger({system, facts, existing}, exchange);
	const installed = withGiven(defaultSettings(foundOn(facts)), existing.saved?.given ?? new Map());
	const under = request.ignoreSaved ? await describedDefaults(system, facts, existing) : installed;
	const start = answers ?? withGiven(under, ...request.given);
	return {
		facts,
		advice: await adviceFor(system, facts, start),
		start,
		...(existing.saved && {saved: installed}),
		again: existing.saved !== undefined,
		propose: async (settings) => through(withWarnings(await propose(settings), request.warnings)),
		checkReadiness: readinessOn(system, facts),
		complete: pathCompleter(system),
		saver: settingsSaver(system, existing),
		dryRun: request.dryRun,
		simulation: request.simulate !== undefined,
		...(step && {begin: step}),
		...(canGoBack && {canGoBack}),
	};
};

/** After a failure: shows it, and asks whether to try with other settings. */
export const wantsAnother = async (outcome: SetupOutcome, {request, facts, ui}: Loaded): Promise<boolean> => {
	if (outcome.outcome !== 'failed' || !ui.choose || !request.interactive) return false;
	const choice = await ui.choose({
		after: 'failure',
		facts,
		lines: conclusion(outcome, facts, {simulation: request.simulate !== undefined}),
		from: 'end',
		choices: [
			{key: 'c', value: 'edit', label: 'Change the settings and try again', note: 'keeps your answers'},
			{key: 'q', value: 'leave', label: 'Quit'},
		],
		leave: 'leave',
	});
	return choice === 'edit';
};
