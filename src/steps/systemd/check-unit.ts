import {ownSettings, unitText} from '../../platform/linux/unit.ts';
import {listUnitKeys, verifyUnit, type UnitKeys, type UnitRemark} from '../../platform/linux/verify-unit.ts';
import {serviceFrom} from '../../platform/service.ts';
import {options} from '../../settings/options.ts';
import {nearestName} from '../../settings/nearest.ts';
import type {Problem} from '../../settings/rules.ts';
import {isSecretName} from '../../settings/secret-names.ts';
import type {Warning} from '../../settings/warning.ts';
import {nothing, together, type Remarks, type Subject} from '../checks/check.ts';

const option = 'serviceConfig';

type Lines = Readonly<Record<string, string>>;

/** What is lost with a line of ours, where that cannot be seen from the line. */
const purposes: Readonly<Record<string, string>> = {
	KillSignal: 'Only at SIGINT does Vira write a checkpoint of its state before it ends.',
};

/** Their line where systemd replaces ours with it: allowed, and easily forgotten. */
const overridden = (serviceConfig: Lines): readonly Warning[] =>
	Object.entries(serviceConfig).flatMap(([name, value]): readonly Warning[] => {
		const ours = ownSettings[name];
		if (ours === undefined || ours === value) return [];
		const purpose = purposes[name];
		return [
			{
				code: 'overrides-ours',
				option,
				message: `${name}=${value} replaces our ${name}=${ours}.`,
				...(purpose !== undefined && {fixes: [purpose]}),
			},
		];
	});

/** The programs of a line such as `ExecStartPost=-/bin/a x ; b`, without what systemd.service(5) puts before them. */
const programsIn = (value: string): readonly string[] =>
	` ${value}`.split(' ;').map((command) => /^\s*[\-@:+!|]*("?)(.*?)\1(?:\s|$)/u.exec(command)?.[2] ?? '');

/** The line of a program that systemd does not find; `%h` and its like in it are no longer to be seen, so that it may be the only line. */
const lineOfProgram = (words: string, serviceConfig: Lines): string | undefined => {
	const program = /^Command (.+) is not executable/u.exec(words)?.[1];
	if (program === undefined) return undefined;
	const lines = Object.keys(serviceConfig).filter((name) => name.startsWith('Exec'));
	const exact = lines.find((name) => programsIn(serviceConfig[name] ?? '').includes(program));
	return exact ?? (lines.length === 1 ? lines[0] : undefined);
};

/**
 * The person's line that a remark is about. Its number leads to it, for it stands in the text as they gave it; words
 * without a number may name it. Our own lines are proven on every systemd by the tests of exactness.
 */
const nameIn = (remark: UnitRemark, serviceConfig: Lines, text: readonly string[]): string | undefined => {
	const {line, words} = remark;
	const byProgram = line === undefined ? lineOfProgram(words, serviceConfig) : undefined;
	if (byProgram !== undefined) return byProgram;
	return Object.keys(serviceConfig).find((name) =>
		line === undefined
			? new RegExp(`(?<!\\w)${name}=`, 'u').test(words)
			: text[line - 1] === `${name}=${serviceConfig[name] ?? ''}`,
	);
};

/** As a sentence; systemd ends with a colon where it quotes an empty value. */
const ended = (words: string): string => (words.endsWith('.') ? words : `${words.replace(/:$/u, '')}.`);

/** systemd quotes the value: one that looks secret is not to be shown. */
const quoted = (name: string | undefined, {words}: UnitRemark): string => {
	if (name === undefined) return `systemd says: ${ended(words)}`;
	if (isSecretName(name) && !isUnknown(words)) return `${name}: systemd does not take this value.`;
	return `${name}: systemd says: ${ended(words)}`;
};

/** `Unknown key name 'X' in section 'Service'` (247), `Unknown key 'X' in section [Service]` (252 and later). */
const isUnknown = (words: string): boolean => words.startsWith('Unknown key');

/** The names of [Install], which systemd itself lists nowhere (systemd.unit(5)). */
const ofInstall = ['Alias', 'WantedBy', 'RequiredBy', 'UpheldBy', 'Also', 'DefaultInstance'];

/** The newest systemd that the tests know: its names are all in its list. */
const newestKnown = 257;

const refusedNames: Readonly<Record<string, string>> = options.serviceConfig.refused;

interface Known {
	readonly keys: UnitKeys;
	readonly systemd: number | undefined;
}

const didYouMean = (name: string, nearest: string, systemd: number | undefined): string => {
	const reason = refusedNames[nearest];
	if (reason !== undefined) return `If ${nearest} is meant: ${reason}`;
	const newer =
		systemd === undefined || systemd >= newestKnown || name.toLowerCase() === nearest.toLowerCase()
			? ''
			: ` Or it belongs to a newer systemd than ${systemd}: then remove it.`;
	return `Did you mean ${nearest}?${newer}`;
};

const fixesOf = (name: string | undefined, {words}: UnitRemark, {keys, systemd}: Known): string => {
	if (name === undefined) return 'Correct your systemd settings, or remove the one that it is about.';
	if (!isUnknown(words)) return 'Correct the value, or remove the setting.';
	if (keys.get('Unit')?.includes(name) === true)
		return 'It belongs to [Unit]: remove it here, and put it into a drop-in (systemctl --user edit vira.service).';
	if (ofInstall.includes(name))
		return 'It belongs to [Install], which is ours so that Vira starts at boot: remove it.';
	const nearest = nearestName(name, keys.get('Service') ?? []);
	return nearest === undefined
		? 'Correct the name, or remove it: man systemd.directives lists all names.'
		: didYouMean(name, nearest, systemd);
};

const problemFrom = (name: string | undefined, remark: UnitRemark, known: Known): Problem => ({
	option,
	...(name !== undefined && {item: name}),
	message: `${quoted(name, remark)} ${fixesOf(name, remark, known)}`,
});

const remarksOf = async (
	{system, facts, settings: {serviceConfig}}: Subject,
	unit: {readonly text: readonly string[]; readonly remarks: readonly UnitRemark[]},
): Promise<Remarks> => {
	const inOrder = [...Object.keys(serviceConfig), undefined];
	const named = unit.remarks
		.map((remark) => ({remark, name: nameIn(remark, serviceConfig, unit.text)}))
		.filter(({remark, name}) => name !== undefined || remark.line === undefined)
		.toSorted((one, other) => inOrder.indexOf(one.name) - inOrder.indexOf(other.name));
	const isAsked = named.some(({remark: {words}}) => isUnknown(words));
	const keys: UnitKeys = isAsked ? await listUnitKeys(system) : new Map();
	const known = {
		keys,
		systemd: facts.platform === 'linux' && facts.linux.systemd !== false ? facts.linux.systemd : undefined,
	};
	return {
		problems: named
			.filter(({remark}) => remark.refuses)
			.map(({name, remark}) => problemFrom(name, remark, known)),
		warnings: named
			.filter(({remark}) => !remark.refuses)
			.map(({name, remark}) => ({
				code: 'systemd-remark',
				option,
				message: quoted(name, remark),
				...(remark.words.startsWith('Command ') && {fixes: ['Give the whole path of the program.']}),
			})),
	};
};

/** systemd ignores what it does not understand, and starts the service without it: nobody would notice. */
const notVerified = (why: string): Remarks => ({
	problems: [],
	warnings: [
		{
			code: 'unit-not-verified',
			option,
			message: `Your systemd settings could not be checked: ${ended(why)} systemd would pass over a mistake in them in silence.`,
		},
	],
});

/**
 * What systemd itself makes of the person's own lines, on the unit that is planned. Without such lines there is
 * nothing to ask: all that we write is proven by the tests on each systemd.
 */
export const checkUnit = async (program: string, subject: Subject): Promise<Remarks> => {
	const {system, facts, settings} = subject;
	const {serviceConfig} = settings;
	if (facts.platform !== 'linux' || Object.keys(serviceConfig).length === 0) return nothing;
	const text = unitText(serviceFrom(settings, facts, program));
	const answer = await verifyUnit(system, text);
	const remarks = answer.verified
		? await remarksOf(subject, {text: text.split('\n'), remarks: answer.remarks})
		: notVerified(answer.why);
	return together([remarks, {problems: [], warnings: overridden(serviceConfig)}]);
};
