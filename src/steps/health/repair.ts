import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import {isInstallable} from '../../settings/nix.ts';
import type {Action} from '../../platform/actions/action.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {proposer, type Proposal, type Proposed} from '../plan/propose.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import type {Status} from './survey.ts';

/** The safe fixes: those that lose no data. */
export interface Repair {
	readonly proposal: Proposal;
	readonly existing: Existing;
}

/** What only the person can accept, in a preview. */
const needsConsent = ({preview}: Proposal): boolean =>
	preview.warnings.some(({code}) => code === 'changed-by-hand' || code === 'state-reset');

/** Replaces a Vira that does not exist any more with another, if this machine has one. */
const withVira = (status: Status, settings: Settings): Settings | undefined => {
	const {drift, facts} = status;
	const isGone = drift.some(({code}) => code === 'vira-gone');
	if (!isGone) return settings;
	if (!facts.vira || facts.vira.path === settings.package || isInstallable(settings.package))
		return undefined;
	return {...settings, package: facts.vira.path};
};

const propose = async (
	system: System,
	status: Status,
	{settings, existing}: {readonly settings: Settings; readonly existing: Existing},
): Promise<Proposed | undefined> => {
	const wanted = withVira(status, settings);
	if (!wanted) return undefined;
	return wanted === settings ? status.proposed : proposer(system, status.facts, existing)(wanted);
};

/**
 * A start that fails is not undone: the service manager still knows why it failed, and undoing the start would erase
 * that.
 */
const keptOnFailure = (action: Action, isStart: boolean): Action => {
	if (action.does !== 'run') return action;
	const {undo, ...rest} = action;
	if (undo === action.command) return rest;
	return isStart ? {...action, keepOnFailure: true} : action;
};

/** A setup with the same settings; undefined if nothing is to be done, or the person has to agree first. Only reads. */
export const findRepair = async (system: System, status: Status): Promise<Repair | undefined> => {
	const {installation, facts} = status;
	if (installation.is !== 'there') return undefined;
	const {existing} = installation;
	const {refusals, byHand, isStart} = managerOf(facts);
	// Files of a newer version must not be replaced; an interrupted uninstall may be meant to continue.
	const isOthers = status.drift.some(({code}) => code === 'newer-format') || existing.receipt?.removing;
	if (isOthers || refusals.some(({code}) => code !== 'masked' || byHand.unmask.length === 0))
		return undefined;
	const proposed = await propose(system, status, installation);
	if (!proposed?.good || needsConsent(proposed.proposal)) return undefined;
	const {proposal} = proposed;
	const actions = [...byHand.unmask, ...proposal.actions].map((action) =>
		keptOnFailure(action, isStart(action)),
	);
	return actions.length === 0 ? undefined : {proposal: {...proposal, actions}, existing};
};
