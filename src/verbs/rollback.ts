import {exitCode, SetupError, type ExitCode} from '../errors.ts';
import {foundOn} from '../platform/find-installed.ts';
import {defaultSettings, withGiven} from '../settings/options.ts';
import {detect} from '../steps/detect.ts';
import {begunIn, notSetUp} from '../steps/installation.ts';
import {keptSettings, type KeptSettings} from '../steps/kept-settings.ts';
import {load} from '../steps/load.ts';
import {managerOf} from '../steps/managers.ts';
import {demandKnownFormat} from '../steps/newer-format.ts';
import type {Existing} from '../steps/situation.ts';
import {refuseAdvice} from '../ui/refuse-advice.ts';
import {momentText} from '../ui/verbs/span-text.ts';
import type {Ui} from '../ui/ui.ts';
import {untilAborted} from '../ui/until-aborted.ts';
import {aloneUnlessAsking} from './alone.ts';
import {askAndDo} from './ask-and-do.ts';
import type {Run} from './run.ts';

const nothingKept = 'vira-setup keeps what it replaces, and it has not replaced any settings here yet.';

/** Which settings can be gone back to, one a line. */
const listed = (versions: readonly KeptSettings[]): string =>
	versions
		.map(({until}, index) => `  --to ${index + 1}   the settings until ${momentText(Date.parse(until))}`)
		.join('\n');

const choose = (versions: readonly KeptSettings[], back: number): KeptSettings => {
	const chosen = versions[back - 1];
	if (chosen) return chosen;
	throw new SetupError({
		what:
			versions.length === 0
				? 'There is nothing to go back to.'
				: `There is no version ${back} to go back to.`,
		why: versions.length === 0 ? nothingKept : `These are kept:\n${listed(versions)}`,
		code: exitCode.unsuitable,
	});
};

/** What a settings file holds for other versions comes back with it. */
const withUnknown = (existing: Existing, {saved: {unknown}}: KeptSettings): Existing => ({
	...existing,
	saved: existing.saved && {...existing.saved, unknown},
});

/** Where a run was killed, nobody can say which settings are those before these. */
const demandFinished = ({receipt}: Existing): void => {
	if (receipt?.state !== 'pending') return;
	throw new SetupError({
		what: receipt.removing
			? 'An uninstall was ended before it was done.'
			: 'A run of vira-setup was ended before it was done.',
		next: receipt.removing
			? ['vira-setup   sets Vira up again, vira-setup uninstall   removes the rest.']
			: ['vira-setup   finishes it; then vira-setup rollback.'],
		code: exitCode.unsuitable,
	});
};

const lookAndGoBack = async (run: Run, opening: Promise<Ui>): Promise<ExitCode> => {
	const {request, system, signal} = run;
	const [facts, ui] = await untilAborted(Promise.all([detect(system), opening]), signal);
	const {refusals} = managerOf(facts);
	if (refusals.length > 0) return refuseAdvice(refusals);
	const existing = await untilAborted(load(system, facts), signal);
	if (!existing.saved) throw new SetupError(notSetUp(facts, {begun: begunIn(existing)}));
	demandKnownFormat(facts, existing);
	demandFinished(existing);
	const chosen = choose(keptSettings(existing, facts), request.back);
	const answers = withGiven(defaultSettings(foundOn(facts)), chosen.saved.given);
	const seen = {facts, existing: withUnknown(existing, chosen)};
	return askAndDo(run, seen, {ui, begun: {begin: 'preview', answers}});
};

/** Sets Vira up with settings that it had before; what is replaced by that is kept in turn. */
export const rollback = (run: Run, opening: Promise<Ui>): Promise<ExitCode> =>
	aloneUnlessAsking(run, (alone) => lookAndGoBack(alone, opening));
