import {setTimeout as wait} from 'node:timers/promises';
import {WentBack} from '../../errors.ts';
import type {CompletePath} from '../../steps/plan/paths-in-form.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import type {Menu, Question, Ui, Work} from '../ui.ts';
import {lineOutput} from '../output.ts';
import type {Completion} from '../form/form.ts';
import type {Store} from './wizard-state.ts';
import type {Screen, WizardEvent, WizardState} from './wizard-model.ts';
import type {CheckReadiness} from '../../steps/readiness/readiness.ts';
import type {Settings} from '../../settings/options.ts';

/** How long nothing more must be typed before builds are checked again. */
const pauseMs = 700;

interface When {
	/** Whether everything is asked again. */
	readonly again: boolean;
	readonly afterMs: number;
}

/**
 * Checks whether builds can succeed with the settings of the form, again after each pause in which they changed. Returns
 * how to stop it. Nothing waits for it.
 */
export const keepChecking = (store: Store, check: CheckReadiness): (() => void) => {
	let current = new AbortController();
	let asked: {readonly settings: Settings; readonly round: number} | undefined;
	const run = async (settings: Settings, {again, afterMs}: When, signal: AbortSignal): Promise<void> => {
		await wait(afterMs, undefined, {signal});
		store.send({type: 'builds-begun', settings});
		for await (const part of check({settings, signal, again}))
			if (!signal.aborted) store.send({type: 'build-known', part});
		if (!signal.aborted) store.send({type: 'builds-over'});
	};
	const look = (): void => {
		const {form, builds} = store.get();
		if (!form || (form.settings === asked?.settings && builds.round === asked.round)) return;
		const again = builds.round !== (asked?.round ?? 0);
		const waits = asked !== undefined && !again;
		asked = {settings: form.settings, round: builds.round};
		const {settings} = form;
		current.abort();
		current = new AbortController();
		// A check that fails is a result of its own; what is thrown here is only that the person went on.
		void run(settings, {again, afterMs: waits ? pauseMs : 0}, current.signal).catch(() => undefined);
	};
	look();
	const stop = store.subscribe(look);
	return () => {
		stop();
		current.abort();
	};
};

type Waiting = Extract<Screen, {readonly at: 'looking' | 'accepted' | 'left' | 'preview'}>;

const isWaiting = (screen: Screen): screen is Waiting =>
	screen.at === 'looking' ||
	screen.at === 'accepted' ||
	screen.at === 'left' ||
	(screen.at === 'preview' && !!screen.saving?.waits);

/** What the screen waits for. */
const answerFor = async (
	now: Exclude<Waiting, {readonly at: 'accepted' | 'left'}>,
	{propose, saver}: Question,
): Promise<WizardEvent> => {
	if (now.at === 'looking') return {type: 'looked', proposed: await propose(now.settings)};
	const {proposal, saving} = now;
	if (saving?.waits !== 'file') return {type: 'path-proposed', path: await saver.freePath()};
	return {type: 'saved', result: await saver.save(proposal.settings, saving.edited.text)};
};

/** Checks the settings of the form on request, until a proposal is accepted. */
const lookUntilAccepted = async (store: Store, question: Question): Promise<Proposal> => {
	for (;;) {
		const now = await store.until(({screen}) => (isWaiting(screen) ? screen : undefined));
		if (now.at === 'accepted') return now.proposal;
		if (now.at === 'left') throw new WentBack();
		store.send(await store.unlessQuit(answerFor(now, question)));
	}
};

/** Looks up the candidates whenever a path is to be completed; returns how to stop that. */
const completing = (store: Store, complete: CompletePath): (() => void) => {
	let answered: Completion | undefined;
	return store.subscribe(() => {
		const {screen, form} = store.get();
		const completion = screen.at === 'preview' ? screen.saving?.completion : form?.completion;
		if (!completion || completion.candidates || completion === answered) return;
		answered = completion;
		const {typed} = completion;
		void complete(typed).then((candidates) =>
			store.send({type: 'formed', event: {form: 'completed', typed, candidates}}),
		);
	});
};

/** Answers the requests of the screen until a proposal is accepted. */
const untilAccepted = (store: Store, question: Question): Promise<Proposal> => {
	const stops = [completing(store, question.complete), keepChecking(store, question.checkReadiness)];
	return lookUntilAccepted(store, question).finally(() => stops.forEach((stop) => stop()));
};

/** The removal that was accepted. */
const removalIn = async (store: Store): Promise<RemovalProposal> => {
	const now = await store.until(({screen}) =>
		screen.at === 'removal-accepted' || screen.at === 'left' ? screen : undefined,
	);
	if (now.at === 'left') throw new WentBack();
	return now.proposal;
};

/** The choice of the person in the menu on the screen. */
const chosenIn = <T extends string>(store: Store): Promise<T> =>
	// It is one of the values of the menu.
	store.until(({screen}) => (screen.at === 'menu-left' ? (screen.value as T) : undefined));

/** How often a menu is read again: the first time soon, because it may be shown again after a while. */
const [soonMs, everyMs] = [300, 2000];

/** Reads the menu again until it is left. One reading begins after the other has ended, and none delays the exit. */
const keepCurrent = async (
	store: Store,
	readAgain: (left: AbortSignal) => Promise<Menu>,
	left: AbortSignal,
): Promise<void> => {
	for (let ms = soonMs; ; ms = everyMs) {
		await wait(ms, undefined, {ref: false, signal: left});
		const menu = await readAgain(left);
		if (!left.aborted) store.send({type: 'renewed', menu});
	}
};

const isLeft = ({screen}: WizardState): true | undefined =>
	(screen.at === 'watching' && screen.watched.is === 'left') || undefined;

/** Passes lines on to the screen: those that arrive together at once. `flush` passes on those that wait. */
const linesTo = (store: Store) => {
	let lines: string[] = [];
	const flush = (): void => {
		if (lines.length > 0) store.send({type: 'said', lines});
		lines = [];
	};
	const say = (line: string): void => {
		if (lines.length === 0) setImmediate(flush);
		lines.push(line);
	};
	return {say, flush};
};

/** Shows the output of something until it has ended with a result, or the person leaves. */
const watchedIn = async (store: Store, {run}: Work): Promise<string | undefined> => {
	const left = new AbortController();
	const stop = store.subscribe(() => {
		if (isLeft(store.get())) left.abort();
	});
	const {say, flush} = linesTo(store);
	const result = await run(lineOutput(say), left.signal).finally(() => {
		stop();
		flush();
	});
	if (result !== undefined) return result;
	store.send({type: 'ended'});
	await store.until(isLeft);
	return undefined;
};

type Questions = Required<Pick<Ui, 'refuse' | 'ask' | 'askRemoval' | 'choose' | 'watch'>>;

/** Every question on the screen; `show` sends an event to it. */
export const questionsIn = (store: Store, show: (event: WizardEvent) => void): Questions => ({
	refuse: (refusals, facts) => {
		show({type: 'refused', refusals, facts});
		return store.until(({screen: now}) => (now.at === 'refused' ? now.simulate : undefined));
	},
	ask: (question) => {
		show({type: 'asked', question});
		return untilAccepted(store, question);
	},
	askRemoval: (question) => {
		show({type: 'removal-asked', question});
		return removalIn(store);
	},
	choose: (menu, readAgain) => {
		show({type: 'offered', menu});
		const left = new AbortController();
		if (readAgain) keepCurrent(store, readAgain, left.signal).catch(() => undefined);
		return chosenIn<typeof menu.leave>(store).finally(() => left.abort());
	},
	watch: (work) => {
		show({type: 'watched', work});
		return watchedIn(store, work);
	},
});
