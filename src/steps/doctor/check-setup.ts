import {halfWrittenOf} from '../../platform/write-whole.ts';
import type {System} from '../../platform/system.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Warning} from '../../settings/warning.ts';
import {managerOf} from '../managers.ts';
import {look} from '../place.ts';
import type {Drift} from '../status/drift.ts';
import type {Status} from '../status/survey.ts';
import {fine, trouble, warning, type CheckResult} from './check-result.ts';

/** What a run with the saved settings takes care of. */
const mendedBySetup: readonly Drift['code'][] = [
	'interrupted',
	'no-receipt',
	'file-missing',
	'not-enabled',
	'not-reloaded',
	'not-applied',
	'older-text',
	'vira-gone',
];

/** Without it, Vira does not run, or does not come back. */
const grave: readonly Drift['code'][] = ['file-missing', 'not-enabled', 'vira-gone', 'interrupted'];

/** What the look at the machine tells as well, and in more words. */
const told = (code: Drift['code'], {facts}: Status): boolean =>
	code === 'lingering-off' || (code === 'not-enabled' && facts.service.masked);

const ofDrift = ({code, sentence, mend}: Drift, {healthy, mask}: Status): CheckResult => {
	const rest = {mend: mend === undefined ? [] : [mend], bySetup: mendedBySetup.includes(code)};
	// What keeps the settings from being used keeps a service that runs from nothing.
	const isGrave = grave.includes(code) || (code === 'not-applicable' && !healthy);
	return (isGrave ? trouble : warning)(code, mask(sentence), rest);
};

/** What a preview warns of, and other checks tell in more words. */
const toldElsewhere: readonly Warning['code'][] = ['not-at-boot', 'changed-by-hand', 'drop-in'];

/** What a preview says of these settings; what is the matter with the service has been said. */
const warningsOf = ({proposed, diagnosis}: Status): readonly CheckResult[] => {
	const warnings = proposed?.good ? proposed.proposal.preview.warnings : (proposed?.warnings ?? []);
	const isNobodyThere = diagnosis?.code === 'no-session';
	return warnings
		.filter(({code}) => !toldElsewhere.includes(code) && code !== diagnosis?.code)
		.filter(({code}) => !(isNobodyThere && code === 'headless'))
		.map(({code, sentence, mend = []}) => warning(code, sentence, {mend}));
};

/** A clock may be a little off when somebody sets it right. */
const leastAheadMs = 5 * 60_000;

const checkClock = ({installation, facts}: Status): readonly CheckResult[] => {
	const at = installation.is === 'there' ? installation.existing.receipt?.at : undefined;
	if (at === undefined || !(Date.parse(at) - Date.parse(facts.now) > leastAheadMs)) return [];
	return [
		warning('clock', `The last change is recorded for ${at}, and that is still to come.`, {
			consequence: 'The clock of this machine was wrong then, or is wrong now; certificates go by it.',
			mend: ['date   shows what the clock says'],
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
			warning('half-written', `A run that was killed has left ${path}.`, {mend: [commandText(['rm', path])]}),
		);
};

/** Where Vira does not run, whatever else has a say in it may be why. */
const checkAdditions = ({healthy, drift, facts: {service}}: Status): readonly CheckResult[] =>
	healthy || drift.some(({code}) => code === 'drop-in')
		? []
		: service.dropIns.map((path) =>
				warning('drop-in', `${path} adds to the service, and may be why.`, {
					mend: [`${commandText(['cat', path])}   shows what it adds`],
				}),
			);

/** Whether everything is as it was set up, and can stay so. */
export const checkSetup = async (system: System, status: Status): Promise<readonly CheckResult[]> => {
	const {drift, installation, facts} = status;
	if (installation.is !== 'there') return [];
	const [halfWritten, growth] = await Promise.all([
		checkHalfWritten(system, status),
		managerOf(facts).log.growth(system),
	]);
	const differing = drift.filter(({code}) => !told(code, status)).map((one) => ofDrift(one, status));
	return [
		...(differing.length > 0 ? differing : [fine('as-set-up', 'Everything is as vira-setup left it')]),
		...checkAdditions(status),
		...warningsOf(status),
		...checkClock(status),
		...halfWritten,
		...(growth ? [warning(growth.code, growth.sentence, {mend: growth.mend ?? []})] : []),
	];
};
