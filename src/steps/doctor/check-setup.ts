import {halfWrittenOf} from '../../platform/write-whole.ts';
import type {System} from '../../platform/system.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import {asTyped} from '../../platform/run-as-root.ts';
import type {Warning} from '../../settings/warning.ts';
import {managerOf} from '../managers.ts';
import {isWithin, look} from '../place.ts';
import {warningsIn} from '../propose.ts';
import type {Drift} from '../status/drift.ts';
import {ownAdditions} from '../status/own-additions.ts';
import type {Status} from '../status/survey.ts';
import {outOfOldState} from '../ways-out.ts';
import {fine, trouble, warning, type CheckResult, type Rest} from './check-result.ts';

/** What a run with the saved settings takes care of. */
const fixedBySetup: readonly Drift['code'][] = [
	'interrupted',
	'no-receipt',
	'receipt-unreadable',
	'file-missing',
	'not-enabled',
	'not-reloaded',
	'not-applied',
	'older-text',
	'other-mode',
	'vira-gone',
];

/** Without it, Vira does not run, or does not come back. */
const grave: readonly Drift['code'][] = [
	'file-missing',
	'not-enabled',
	'vira-gone',
	'certificate-unusable',
	'interrupted',
];

/** Settings that cannot be applied do not stop a service that runs. */
export const isGrave = ({code}: Drift, {healthy}: Pick<Status, 'healthy'>): boolean =>
	grave.includes(code) || (code === 'not-applicable' && !healthy);

/** What the look at the machine tells as well, and in more words. */
const told = (code: Drift['code'], {facts}: Status): boolean =>
	code === 'lingering-off' || (code === 'not-enabled' && facts.service.masked);

/** A drop-in that is not in the home folder belongs to root. */
const removalOf = (path: string, {user}: Facts): string => {
	const remove = ['rm', path] as const;
	return commandText(isWithin(path, user.home) ? remove : asTyped(remove));
};

/** What follows from it for a Vira that runs, or does not. */
const moreOn = ({code, dropIn}: Drift, {healthy, facts}: Status): Rest => {
	if (code === 'certificate-unusable' && facts.service.active === 'active')
		return {detail: 'Vira goes on with what it has read, and would not start with this again.'};
	if (!dropIn) return {};
	const {path, startsOther} = dropIn;
	const show = `${commandText(['cat', path])}   shows what it decides`;
	if (!startsOther || healthy) return {fixes: [show]};
	return {
		detail: 'It has something else started than was set up: that is the likely reason.',
		fixes: [show, `${removalOf(path, facts)}   does away with it; then: vira-setup restart`],
	};
};

const ofDrift = (drift: Drift, status: Status): CheckResult => {
	const {code, message, fixes} = drift;
	const {detail, fixes: others = []} = moreOn(drift, status);
	const rest = {
		detail,
		fixes: [...(fixes === undefined ? [] : [fixes]), ...others],
		bySetup: fixedBySetup.includes(code),
	};
	return (isGrave(drift, status) ? trouble : warning)(code, status.mask(message), rest);
};

/** What a preview warns of, and other checks tell in more words. */
const toldElsewhere: readonly Warning['code'][] = [
	'not-at-boot',
	'boot-unknown',
	'changed-by-hand',
	'drop-in',
];

const asWarning = ({code, message, fixes = []}: Warning): CheckResult => warning(code, message, {fixes});

/** The service manager asks nobody before it starts Vira. */
const ofReset = ({code, message, fixes = []}: Warning, {installation}: Status): CheckResult =>
	trouble(code, message, {
		detail:
			'vira-setup moves them. Until then, start and restart refuse; a start by itself, as after a reboot, deletes them.',
		fixes: [...(installation.is === 'there' ? outOfOldState(installation.settings) : []), ...fixes],
	});

/** What a preview says of these settings; what is the matter with the service has been said. */
const warningsOf = (status: Status): readonly CheckResult[] => {
	const {proposed, diagnosis} = status;
	const warnings = warningsIn(proposed);
	const isNobodyThere = diagnosis?.code === 'no-session';
	return warnings
		.filter(({code}) => !toldElsewhere.includes(code) && code !== diagnosis?.code)
		.filter(({code}) => !(isNobodyThere && code === 'headless'))
		.map((one) => (one.code === 'state-reset' && status.startResets ? ofReset(one, status) : asWarning(one)));
};

/** A clock may be a little off when somebody sets it right. */
const leastAheadMs = 5 * 60_000;

const checkClock = ({installation, facts}: Status): readonly CheckResult[] => {
	const at = installation.is === 'there' ? installation.existing.receipt?.at : undefined;
	if (at === undefined || !(Date.parse(at) - Date.parse(facts.now) > leastAheadMs)) return [];
	return [
		warning('clock', `The last change is recorded for ${at}, and that is still to come.`, {
			detail: 'The clock of this machine was wrong then, or is wrong now; certificates go by it.',
			fixes: ['date   shows what the clock says'],
		}),
	];
};

/** What a run has left that was killed while it wrote. */
const checkHalfWritten = async (system: System, {installation}: Status): Promise<readonly CheckResult[]> => {
	if (installation.is !== 'there') return [];
	const paths = Object.keys(installation.existing.receipt?.files ?? {}).map(halfWrittenOf);
	const found = await Promise.all(paths.map((path) => look(system, path)));
	return paths
		.filter((_, index) => found[index] !== undefined)
		.map((path) =>
			warning('half-written', `A run that was killed has left ${path}.`, {
				fixes: [commandText(['rm', path])],
			}),
		);
};

/** The person's own say in the service; where Vira does not run, it may be why. */
const checkAdditions = (status: Status): readonly CheckResult[] => {
	const {installation, healthy, facts} = status;
	// Where its address is not known, its page was not asked for.
	const isWell = healthy || (installation.is === 'unreadable' && facts.service.active === 'active');
	return ownAdditions(status).map((path) => {
		if (isWell) return fine('drop-in', `${path} adds to the service`);
		const fixes = [`${commandText(['cat', path])}   shows what it adds`];
		return warning('drop-in', `${path} adds to the service, and may be why.`, {fixes});
	});
};

const checkGrowth = async (system: System, {facts}: Status): Promise<readonly CheckResult[]> => {
	const growth = await managerOf(facts).log.growth(system);
	return growth ? [warning(growth.code, growth.message, {fixes: growth.fixes ?? []})] : [];
};

/** Whether everything is as it was set up, and can stay so. */
export const checkSetup = async (system: System, status: Status): Promise<readonly CheckResult[]> => {
	const {drift, installation} = status;
	if (installation.is === 'nothing') return [];
	const [halfWritten, growth] = await Promise.all([
		checkHalfWritten(system, status),
		checkGrowth(system, status),
	]);
	if (installation.is === 'unreadable') return [...checkAdditions(status), ...growth];
	const differing = drift.filter(({code}) => !told(code, status)).map((one) => ofDrift(one, status));
	return [
		...(differing.length > 0 ? differing : [fine('as-set-up', 'Everything is as vira-setup left it')]),
		...checkAdditions(status),
		...warningsOf(status),
		...checkClock(status),
		...halfWritten,
		...growth,
	];
};
