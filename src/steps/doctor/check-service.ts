import type {Status} from '../status/survey.ts';
import {fixesForOtherProgram} from '../causes/other-program.ts';
import {notSetUp} from '../installation.ts';
import {managerOf} from '../managers.ts';
import {seeLog} from '../service-words.ts';
import {fine, trouble, warning, type CheckResult} from './check-result.ts';
import {understand, type LastWords} from './last-words.ts';

const checkInstalled = ({installation, facts}: Status): readonly CheckResult[] => {
	if (installation.is === 'there') return [];
	if (installation.is === 'unreadable') {
		const {what, why, next = []} = installation.complaint;
		return [trouble('unreadable', what, {detail: why, fixes: next})];
	}
	const {what, why, next = []} = notSetUp(facts, installation);
	// What keeps it from being set up is told with the machine, and so is what mends that.
	const isRefused = managerOf(facts).refusals.length > 0;
	return [
		trouble('not-set-up', what, {
			...(isRefused ? {} : {detail: why}),
			fixes: isRefused ? [] : next,
		}),
	];
};

/** A service that ends by itself is started anew, and ends again: what it does at this moment matters little. */
const endsByItself = ({service, facts}: Status): boolean =>
	service.awaitsRestart ||
	(service.active === 'activating' && service.restarts > 0 && !managerOf(facts).countsEveryStart);

const unexplained = 'The cause is unknown. See the last lines of its log.';
const lookAgain = 'vira-setup status   shows whether that is done';

/** A service that its manager is busy with. */
const onItsWay = ({service}: Status, ended: string | undefined): CheckResult | undefined => {
	if (service.active === 'activating')
		return warning('starting', 'Vira is being started.', {fixes: [lookAgain, seeLog]});
	if (service.active === 'reloading')
		return warning('reloading', 'Vira is being told to read its settings anew.', {
			fixes: [lookAgain, seeLog],
		});
	if (service.active === 'deactivating')
		return trouble('stopping', 'Vira is being stopped.', {
			detail: ended ?? 'It ends what it is running first; what has not ended in time is killed.',
			fixes: [lookAgain, 'vira-setup start   starts it again then'],
		});
	return undefined;
};

/** A service that does not run, of which neither its manager nor its log says more. */
const withoutReason = (status: Status): CheckResult => {
	const {service, vitals, toStart} = status;
	const ended = vitals.ending ?? service.ending;
	const told = vitals.isExplained ? ended : [ended, unexplained].filter((one) => one !== undefined).join(' ');
	if (endsByItself(status))
		return trouble('crash-loop', 'Vira ends again and again, and is started anew each time.', {
			detail: told,
			fixes: [seeLog, 'vira-setup stop   ends that'],
		});
	const rest = {detail: ended, fixes: toStart, bySetup: true};
	if (service.active === 'failed')
		return trouble('failed', 'Vira has failed, and is not started again by itself.', {
			...rest,
			detail: told,
		});
	return onItsWay(status, ended) ?? trouble('stopped', 'Vira does not run: it is stopped.', rest);
};

const checkUnknown = ({unclear, toStart, facts}: Status): CheckResult =>
	unclear
		? trouble('unclear', unclear.what, {detail: unclear.why, fixes: unclear.next ?? []})
		: trouble('no-user-manager', `Vira does not run: the user manager of ${facts.user.name} does not run.`, {
				fixes: toStart,
				bySetup: true,
			});

/** Why it does not run: what its manager says of it first, then what it has said itself. */
const reasons = (status: Status, {lines}: LastWords): readonly CheckResult[] => {
	const {diagnosis, service} = status;
	if (diagnosis) {
		const {code, title, detail, fixes, fixedBy} = diagnosis;
		const level = service.active === 'active' ? warning : trouble;
		return [level(code, title, {detail: detail || undefined, fixes, bySetup: fixedBy === 'us'})];
	}
	if (service.active === 'active') return [];
	if (service.active === 'unknown') return [checkUnknown(status)];
	// What is stopped on purpose had its words before, and they are no reason.
	const understood = service.active === 'failed' || endsByItself(status) ? understand(lines) : undefined;
	return [understood ?? withoutReason(status)];
};

/** What a drop-in has started in the place of Vira fails again, whatever is set up. */
const asPromised = (one: CheckResult, {hindrance}: Status): CheckResult =>
	hindrance?.dropIn ? {...one, bySetup: false} : one;

const checkPage = ({page, mask}: Status): readonly CheckResult[] => {
	if (!page) return [];
	const message = mask(page.message);
	if (page.good) return [fine('page', message)];
	return page.kind === 'other-program'
		? [
				trouble('other-program', message, {
					detail: 'Whoever opens Vira meets that program, and gives it what is meant for Vira.',
					fixes: fixesForOtherProgram('vira-setup restart'),
				}),
			]
		: [trouble('page', message, {fixes: [seeLog, 'vira-setup restart']})];
};

const checkOutlook = ({persistence: {startsAtBoot, bootUnknown}, nextStart}: Status): CheckResult => {
	if (startsAtBoot === undefined)
		return warning('starts-at-boot', 'It is not known whether it starts at boot.', {
			detail: bootUnknown,
		});
	return startsAtBoot
		? fine('starts-at-boot', 'It starts at boot')
		: warning('starts-at-boot', `It does not start at boot. ${nextStart.message}`);
};

/** Whether the service runs, answers, and comes back. */
export const checkService = (status: Status, words: LastWords): readonly CheckResult[] => {
	const notThere = checkInstalled(status);
	const {service, installation} = status;
	if (installation.is === 'nothing') return notThere;
	const runs = service.active === 'active';
	return [
		...notThere,
		...(runs
			? [fine('running', `Vira runs${service.mainPid === undefined ? '' : `, process ${service.mainPid}`}`)]
			: []),
		...reasons(status, words).map((one) => asPromised(one, status)),
		...checkPage(status),
		checkOutlook(status),
		...(words.unreadable ? [words.unreadable] : []),
	];
};
