import {type Fix, fine, warning, type CheckResult, type Rest} from '../../notice.ts';
import {halfWrittenOf} from '../../platform/real/text-files.ts';
import type {System} from '../../platform/system.ts';
import {commandText, asTyped} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import type {Warning} from '../../settings/warning.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {isWithin, look} from '../../platform/paths.ts';
import {warningsIn} from '../plan/propose.ts';
import {driftKind, type Drift} from './drift-of-files.ts';
import {ownAdditions, type Status} from './survey.ts';
import {outOfOldState} from '../../platform/service-manager/service-words.ts';

/** Settings that cannot be applied do not affect a running service. */
export const isGrave = (drift: Drift, {healthy}: Pick<Status, 'healthy'>): boolean =>
	driftKind(drift).grave === true || (drift.code === 'not-applicable' && !healthy);

/** What the checks of the machine report too, in more detail. */
const told = (code: Drift['code'], {facts}: Status): boolean =>
	code === 'lingering-off' || (code === 'not-enabled' && facts.service.masked);

/** A drop-in that is not in the home folder belongs to root. */
const removalOf = (path: string, {user}: Facts): string => {
	const remove = ['rm', path] as const;
	return commandText(isWithin(path, user.home) ? remove : asTyped(remove));
};

/** What it means for a Vira that is running, or is not. */
const moreOn = ({code, dropIn}: Drift, {healthy, facts}: Status): Rest => {
	if (code === 'certificate-unusable' && facts.service.active === 'active')
		return {
			detail: 'Vira keeps using the certificate it has loaded, but would not start again with this one.',
		};
	if (!dropIn) return {};
	const {path, startsOther} = dropIn;
	const show: Fix = {say: 'shows what it sets', command: commandText(['cat', path])};
	if (!startsOther || healthy) return {fixes: [show]};
	return {
		detail: 'It starts a different program than vira-setup set up: this is the likely cause.',
		fixes: [
			show,
			{say: 'removes it, then restarts Vira', command: `${removalOf(path, facts)} && vira-setup restart`},
		],
	};
};

const ofDrift = (drift: Drift, status: Status): CheckResult => {
	const {code, message, fixes = []} = drift;
	const {detail, fixes: others = []} = moreOn(drift, status);
	return {
		level: isGrave(drift, status) ? 'error' : 'warning',
		code,
		message: status.mask(message),
		detail,
		fixes: [...fixes, ...others],
		bySetup: driftKind(drift).bySetup === true,
	};
};

/** What a preview warns about, and is not a problem of the setup, or is reported in more detail by other checks. */
const toldElsewhere: readonly Warning['code'][] = [
	'not-at-boot',
	'lingering-stays-on',
	'boot-unknown',
	'changed-by-hand',
	'drop-in',
];

/** The service manager does not ask before it starts Vira. */
const ofReset = ({fixes = [], ...reset}: Warning, {installation}: Status): CheckResult => ({
	...reset,
	level: 'error',
	detail:
		'Until vira-setup moves them aside, vira-setup start and restart do not start Vira; an automatic start, such as after a reboot, deletes them.',
	fixes: [...(installation.is === 'there' ? outOfOldState(installation.settings) : []), ...fixes],
});

/** What a preview warns about with these settings; problems of the service itself are reported elsewhere. */
const warningsOf = (status: Status): readonly CheckResult[] => {
	const {proposed, diagnosis} = status;
	const warnings = warningsIn(proposed);
	const isNobodyThere = diagnosis?.code === 'no-session';
	return warnings
		.filter(({code}) => !toldElsewhere.includes(code) && code !== diagnosis?.code)
		.filter(({code}) => !(isNobodyThere && code === 'headless'))
		.map((one) =>
			one.code === 'state-reset' && status.startResets ? ofReset(one, status) : {...one, level: 'warning'},
		);
};

/** Small differences are normal when a clock is corrected. */
const leastAheadMs = 5 * 60_000;

const checkClock = ({installation, facts}: Status): readonly CheckResult[] => {
	const at = installation.is === 'there' ? installation.existing.receipt?.at : undefined;
	if (at === undefined || !(Date.parse(at) - Date.parse(facts.now) > leastAheadMs)) return [];
	return [
		warning('clock', `The last change is dated ${at}, which is in the future.`, {
			detail: 'The clock of this machine was wrong then or is wrong now. Certificates depend on it.',
			fixes: [{say: 'shows the current time', command: 'date'}],
		}),
	];
};

/** Leftovers of a run that was killed while it was writing. */
const checkHalfWritten = async (system: System, {installation}: Status): Promise<readonly CheckResult[]> => {
	if (installation.is !== 'there') return [];
	const paths = Object.keys(installation.existing.receipt?.files ?? {}).map(halfWrittenOf);
	const found = await Promise.all(paths.map((path) => look(system, path)));
	return paths
		.filter((_, index) => found[index] !== undefined)
		.map((path) =>
			warning('half-written', `An interrupted run left ${path}.`, {
				fixes: [{say: '', command: commandText(['rm', path])}],
			}),
		);
};

/** The person's own drop-ins; if Vira is not running, they may be the cause. */
const checkAdditions = (status: Status): readonly CheckResult[] => {
	const {installation, healthy, facts} = status;
	// Without a known address, the page was not requested.
	const isWell = healthy || (installation.is === 'unreadable' && facts.service.active === 'active');
	return ownAdditions(status).map((path) => {
		if (isWell) return fine('drop-in', `${path} adds settings to the service`);
		const fixes = [{say: 'shows what it adds', command: commandText(['cat', path])}];
		return warning('drop-in', `${path} adds settings to the service, and may be the cause.`, {fixes});
	});
};

const checkGrowth = async (system: System, {facts}: Status): Promise<readonly CheckResult[]> => {
	const growth = await managerOf(facts).log.growth(system);
	return growth ? [{...growth, level: 'warning'}] : [];
};

/** Whether anything changed since setup, or will. */
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
		...(differing.length > 0 ? differing : [fine('as-set-up', 'Nothing has changed since setup')]),
		...checkAdditions(status),
		...warningsOf(status),
		...checkClock(status),
		...halfWritten,
		...growth,
	];
};
