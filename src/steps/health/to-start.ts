import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import {isEdited} from '../load/edited-settings.ts';
import type {Diagnosed, Manager} from '../../platform/service-manager/service-manager.ts';
import {warningsIn, type Proposed} from '../plan/propose.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {outOfOldState} from '../ways-out.ts';
import {startVira} from '../../platform/service-manager/usual-fixes.ts';
import type {Drift} from './drift.ts';

const hindering: readonly Drift['code'][] = ['vira-gone', 'not-applicable', 'certificate-unusable'];

/** The drift that prevents a start, or made the last one fail. */
export const hindranceIn = (drift: readonly Drift[], endedBadly: boolean): Drift | undefined =>
	drift.find(({code, dropIn}) => (dropIn?.startsOther === true ? endedBadly : hindering.includes(code)));

/** The proposal equals what is set up, unless the settings were edited since. */
export const resetsAtStart = (facts: Facts, existing: Existing, proposed: Proposed | undefined): boolean =>
	!isEdited(facts, existing) && warningsIn(proposed).some(({code}) => code === 'state-reset');

/** What a start depends on. */
export interface Prospect {
	readonly settings: Settings | undefined;
	/** Whether Vira would delete its state. */
	readonly startResets: boolean;
	readonly isHindered: boolean;
}

/** What to advise instead of a start that would be refused; undefined: it would not be refused. */
const insteadOfStart = ({settings, startResets, isHindered}: Prospect): readonly string[] | undefined => {
	if (settings && startResets) return outOfOldState(settings);
	return isHindered ? ['vira-setup start   starts Vira once the cause is fixed'] : undefined;
};

/** How to start a service that is not running: sentences, or commands to copy. */
export const toStart = ({byHand}: Manager, prospect: Prospect): readonly string[] =>
	(prospect.settings && byHand.cannotStart(prospect.settings)?.next) ??
	insteadOfStart(prospect) ?? [startVira];

/** A diagnosis considers only the service manager, so it may advise a start that would be refused. */
export const asRefused = (diagnosis: Diagnosed | undefined, prospect: Prospect): Diagnosed | undefined => {
	const instead = insteadOfStart(prospect);
	const isStart = (advice: string): boolean => /^vira-setup start(?: {3}|$)/u.test(advice);
	return instead === undefined || diagnosis === undefined
		? diagnosis
		: {...diagnosis, fixes: diagnosis.fixes.flatMap((one) => (isStart(one) ? instead : [one]))};
};
