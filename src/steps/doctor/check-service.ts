import type {Status} from '../status/survey.ts';
import {notSetUp} from '../installation.ts';
import {managerOf} from '../managers.ts';
import {fine, trouble, warning, type CheckResult} from './check-result.ts';
import {understand, type LastWords} from './last-words.ts';

const checkInstalled = ({installation, facts}: Status): readonly CheckResult[] => {
	if (installation.is === 'there') return [];
	if (installation.is === 'unreadable') {
		const {what, why, next = []} = installation.complaint;
		return [trouble('unreadable', what, {consequence: why, mend: next})];
	}
	const {what, next = []} = notSetUp(facts, installation);
	// What keeps it from being set up is told with the machine, and so is what mends that.
	const isRefused = managerOf(facts).refusals.length > 0;
	return [trouble('not-set-up', what, {mend: isRefused ? [] : next})];
};

const pending = ['activating', 'deactivating', 'reloading'];

/** A service without a process, of which neither its manager nor its log says more. */
const withoutReason = ({service, vitals, toStart}: Status): CheckResult => {
	const ended = vitals.ending ?? service.ending;
	const rest = {consequence: ended, mend: toStart, bySetup: true};
	if (service.active === 'failed')
		return trouble('failed', 'Vira has failed, and is not started again by itself.', rest);
	if (pending.includes(service.active))
		return trouble('crash-loop', 'Vira ends again and again, and is started anew each time.', {
			...rest,
			mend: ['vira-setup logs   shows what it has said', 'vira-setup stop   ends that'],
			bySetup: false,
		});
	return trouble('stopped', 'Vira does not run: it is stopped.', rest);
};

const checkUnknown = ({unclear, toStart, facts}: Status): CheckResult =>
	unclear
		? trouble('unclear', unclear.what, {consequence: unclear.why, mend: unclear.next ?? []})
		: trouble('no-user-manager', `Vira does not run: the user manager of ${facts.user.name} does not run.`, {
				mend: toStart,
				bySetup: true,
			});

/** Why it does not run: what its manager says of it first, then what it has said itself. */
const reasons = (status: Status, {lines}: LastWords): readonly CheckResult[] => {
	const {diagnosis, service} = status;
	if (diagnosis) {
		const {code, title, consequence, mend, mendedBy} = diagnosis;
		const level = service.active === 'active' ? warning : trouble;
		return [level(code, title, {consequence: consequence || undefined, mend, bySetup: mendedBy === 'us'})];
	}
	if (service.active === 'active') return [];
	if (service.active === 'unknown') return [checkUnknown(status)];
	// What was stopped on purpose had its words before, and they are no reason.
	const understood = service.active === 'inactive' ? undefined : understand(lines);
	return [understood ?? withoutReason(status)];
};

/** What a drop-in has started in the place of Vira fails again, whatever is set up. */
const asPromised = (one: CheckResult, {hindrance}: Status): CheckResult =>
	hindrance?.dropIn ? {...one, bySetup: false} : one;

const checkPage = ({page, mask}: Status): readonly CheckResult[] => {
	if (!page) return [];
	const sentence = mask(page.sentence);
	return page.good
		? [fine('page', sentence)]
		: [trouble('page', sentence, {mend: ['vira-setup logs   shows what it has said', 'vira-setup restart']})];
};

const checkOutlook = ({persistence, nextStart}: Status): CheckResult =>
	persistence.startsAtBoot
		? fine('starts-at-boot', 'It starts at boot')
		: warning('starts-at-boot', `It does not start at boot. ${nextStart.sentence}`);

/** Whether the service runs, answers, and comes back. */
export const checkService = (status: Status, words: LastWords): readonly CheckResult[] => {
	const notThere = checkInstalled(status);
	const {service, installation} = status;
	if (installation.is === 'nothing') return notThere;
	const runs = service.active === 'active';
	return [
		...notThere,
		...(runs ? [fine('running', `Vira runs, process ${service.mainPid ?? 0}`)] : []),
		...reasons(status, words).map((one) => asPromised(one, status)),
		...checkPage(status),
		checkOutlook(status),
		...(words.unreadable ? [words.unreadable] : []),
	];
};
