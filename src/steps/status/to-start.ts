import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import {isEdited} from '../edited-settings.ts';
import type {Diagnosed, Manager} from '../manager.ts';
import {warningsIn, type Proposed} from '../propose.ts';
import type {Existing} from '../situation.ts';
import {startVira} from '../service-words.ts';
import {outOfOldState} from '../ways-out.ts';
import type {Drift} from './drift.ts';

const hindering: readonly Drift['code'][] = ['vira-gone', 'not-applicable', 'certificate-unusable'];

/** What keeps it from being started, or ends it again, as far as it is seen. */
export const hindranceIn = (drift: readonly Drift[], endedBadly: boolean): Drift | undefined =>
	drift.find(({code, dropIn}) => (dropIn?.startsOther === true ? endedBadly : hindering.includes(code)));

/** What is proposed is what is set up, unless somebody has edited the settings since. */
export const resetsAtStart = (facts: Facts, existing: Existing, proposed: Proposed | undefined): boolean =>
	!isEdited(facts, existing) && warningsIn(proposed).some(({code}) => code === 'state-reset');

/** What a start depends on. */
export interface Prospect {
	readonly settings: Settings | undefined;
	/** Whether Vira would delete its state. */
	readonly startResets: boolean;
	readonly isHindered: boolean;
}

/** What is to be advised in the place of a start that would be refused; undefined: it would not. */
const insteadOfStart = ({settings, startResets, isHindered}: Prospect): readonly string[] | undefined => {
	if (settings && startResets) return outOfOldState(settings);
	return isHindered ? ['vira-setup start   starts it, once the reason is gone'] : undefined;
};

/** How a service that does not run can be started: sentences, or commands to copy. */
export const toStart = ({byHand}: Manager, prospect: Prospect): readonly string[] =>
	(prospect.settings && byHand.cannotStart(prospect.settings)?.next) ??
	insteadOfStart(prospect) ?? [startVira];

/** A diagnosis knows the service manager alone, and may advise a start that would be refused. */
export const asRefused = (diagnosis: Diagnosed | undefined, prospect: Prospect): Diagnosed | undefined => {
	const instead = insteadOfStart(prospect);
	const isStart = (advice: string): boolean => /^vira-setup start(?: {3}|$)/u.test(advice);
	return instead === undefined || diagnosis === undefined
		? diagnosis
		: {...diagnosis, fixes: diagnosis.fixes.flatMap((one) => (isStart(one) ? instead : [one]))};
};
