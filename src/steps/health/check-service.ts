import type {Status} from './survey.ts';
import {showLog, showStatus, bootIsUnknown, notAtBoot} from '../../platform/service-manager/service-words.ts';
import {saidByVira, unknownCause} from '../../platform/vira/said-by-vira.ts';
import {fixesForOtherProgram} from '../verify/find-cause.ts';
import {notSetUp} from './installation.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {fine, trouble, warning, type CheckResult} from '../../notice.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';

const checkInstalled = ({installation, facts}: Status): readonly CheckResult[] => {
	if (installation.is === 'there') return [];
	if (installation.is === 'unreadable') {
		const {message, detail, fixes} = installation.failure;
		return [trouble('unreadable', message, {detail, fixes})];
	}
	const {message, detail, fixes} = notSetUp(facts, installation);
	// The checks of the machine report what prevents setup, and how to fix it.
	return [trouble('not-set-up', message, managerOf(facts).refusals.length > 0 ? {} : {detail, fixes})];
};

/** A crashing service is restarted and crashes again, so its state at this moment says little. */
const endsByItself = ({service, facts}: Status): boolean =>
	service.awaitsRestart ||
	(service.active === 'activating' && service.restarts > 0 && !managerOf(facts).countsEveryStart);

/** A service that is starting, reloading or stopping. */
const onItsWay = ({service}: Status, ended: string | undefined): CheckResult | undefined => {
	if (service.active === 'activating')
		return warning('starting', 'Vira is starting.', {fixes: [showStatus, showLog]});
	if (service.active === 'reloading')
		return warning('reloading', 'Vira is reloading its settings.', {fixes: [showStatus, showLog]});
	if (service.active === 'deactivating')
		return trouble('stopping', 'Vira is stopping.', {
			detail: ended ?? 'Its processes are ending; those that do not end in time are killed.',
			fixes: [showStatus, {say: 'starts Vira afterwards', command: 'vira-setup start'}],
		});
	return undefined;
};

/** A service that is not running, for which neither the service manager nor the log gives a cause. */
const withoutReason = (status: Status): CheckResult => {
	const {service, vitals, toStart} = status;
	const ended = vitals.ending ?? service.ending;
	const told = vitals.isExplained
		? ended
		: [ended, unknownCause].filter((one) => one !== undefined).join(' ');
	if (endsByItself(status))
		return trouble('crash-loop', 'Vira keeps crashing and restarting.', {
			detail: told,
			fixes: [showLog, {say: 'stops the restarts', command: 'vira-setup stop'}],
		});
	const rest = {detail: ended, fixes: toStart, bySetup: true};
	if (service.active === 'failed')
		return trouble('failed', 'Vira failed and does not restart automatically.', {...rest, detail: told});
	return onItsWay(status, ended) ?? trouble('stopped', 'Vira is not running: it is stopped.', rest);
};

const checkUnknown = ({unclear, toStart, facts}: Status): CheckResult =>
	unclear
		? trouble('unclear', unclear.message, unclear)
		: trouble('no-user-manager', `Vira is not running: ${managerOf(facts).status.absent}.`, {
				fixes: toStart,
				bySetup: true,
			});

/** Why a service that is not running ended, if its last log lines are understood. */
const understand = (lines: readonly string[], facts: Facts): CheckResult | undefined => {
	const cause = saidByVira(lines) ?? managerOf(facts).explainLog(lines);
	return cause && trouble(cause.reason, cause.message, {fixes: cause.fixes, bySetup: cause.bySetup ?? false});
};

/** Why it is not running: according to the service manager first, then to its own log. */
const whyNotRunning = (status: Status, {lines}: LastWords): readonly CheckResult[] => {
	const {diagnosis, service, facts} = status;
	if (diagnosis) {
		const {fixedBy, ...found} = diagnosis;
		const level = service.active === 'active' ? 'warning' : 'error';
		return [{...found, level, bySetup: fixedBy === 'us'}];
	}
	if (service.active === 'active') return [];
	if (service.active === 'unknown') return [checkUnknown(status)];
	// The log of a service that was stopped on purpose does not explain why it is not running.
	const understood =
		service.active === 'failed' || endsByItself(status) ? understand(lines, facts) : undefined;
	return [understood ?? withoutReason(status)];
};

/** A program that a drop-in starts instead of Vira fails again, so setup does not fix it. */
const asPromised = (one: CheckResult, {hindrance}: Status): CheckResult =>
	hindrance?.dropIn ? {...one, bySetup: false} : one;

const checkPage = ({page, mask}: Status): readonly CheckResult[] => {
	if (!page) return [];
	const message = mask(page.message);
	if (page.level === 'ok') return [fine('page', message)];
	return page.kind === 'other-program'
		? [
				trouble('other-program', message, {
					detail: 'Anyone who opens this URL reaches that program and sends it data meant for Vira.',
					fixes: fixesForOtherProgram('vira-setup restart'),
				}),
			]
		: [trouble('page', message, {fixes: [showLog, {say: '', command: 'vira-setup restart'}]})];
};

const checkOutlook = ({persistence: {startsAtBoot, bootUnknown}, nextStart}: Status): CheckResult => {
	if (startsAtBoot === undefined) return warning('starts-at-boot', bootIsUnknown, {detail: bootUnknown});
	return startsAtBoot
		? fine('starts-at-boot', 'Vira starts at boot')
		: warning('starts-at-boot', `${notAtBoot} ${nextStart.message}`);
};

/** Whether the service is running, responds, and starts at boot. */
export const checkService = (status: Status, words: LastWords): readonly CheckResult[] => {
	const notThere = checkInstalled(status);
	const {service, installation} = status;
	if (installation.is === 'nothing') return notThere;
	const runs = service.active === 'active';
	return [
		...notThere,
		...(runs
			? [
					fine(
						'running',
						`Vira is running${service.mainPid === undefined ? '' : ` (PID ${service.mainPid})`}`,
					),
				]
			: []),
		...whyNotRunning(status, words).map((one) => asPromised(one, status)),
		...checkPage(status),
		checkOutlook(status),
		...(words.unreadable ? [words.unreadable] : []),
	];
};

/** The end of the service's log, or why it cannot be read. */
export interface LastWords {
	/** As they are in the log, oldest first, since the last start. */
	readonly lines: readonly string[];
	readonly unreadable: CheckResult | undefined;
}

export const readLastWords = async (system: System, facts: Facts): Promise<LastWords> => {
	const {lines, unreadable} = await managerOf(facts).readLog(system);
	if (!unreadable) return {lines, unreadable};
	const {message, detail, fixes} = unreadable;
	return {lines, unreadable: warning('log-unreadable', message, {detail, fixes})};
};
