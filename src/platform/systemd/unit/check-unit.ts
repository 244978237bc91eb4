import {ownSettings, unitText} from './unit.ts';
import {listUnitKeys, verifyUnit, type UnitKeys, type UnitRemark} from './verify-unit.ts';
import {serviceFrom} from '../../service.ts';
import {options, type Settings} from '../../../settings/options.ts';
import {nearestName, type Problem} from '../../../settings/problem.ts';
import {isSecretName} from '../../../settings/secrets/assigned-secrets.ts';
import type {Warning} from '../../../settings/warning.ts';
import {nothing, together, type Remarks, type Subject} from '../../service-manager/check.ts';

const option = 'serviceConfig';

type ServiceConfig = Settings['serviceConfig'];

/** What a default is for, if its name does not say it. */
const purposes: Readonly<Record<string, string>> = {
	KillSignal: 'Vira saves a checkpoint of its state only when it is stopped with SIGINT.',
};

/** The person's setting that replaces a default: allowed, but easily forgotten. */
const overridden = (serviceConfig: ServiceConfig): readonly Warning[] =>
	Object.entries(serviceConfig).flatMap(([name, value]): readonly Warning[] => {
		const ours = ownSettings[name];
		if (ours === undefined || ours === value) return [];
		const purpose = purposes[name];
		const message = `${name}=${value} replaces the default ${name}=${ours}.`;
		return [
			{code: 'overrides-ours', option, message, ...(purpose !== undefined && {fixes: [{say: purpose}]})},
		];
	});

/** The programs in a line such as `ExecStartPost=-/bin/a x ; b`, without the prefixes of systemd.service(5). */
const programsIn = (value: string): readonly string[] =>
	` ${value}`.split(' ;').map((command) => /^\s*[\-@:+!|]*("?)(.*?)\1(?:\s|$)/u.exec(command)?.[2] ?? '');

/** The setting whose program systemd does not find. Specifiers such as `%h` are expanded by then, so a single Exec line is taken to be it. */
const lineOfProgram = (words: string, serviceConfig: ServiceConfig): string | undefined => {
	const program = /^Command (.+) is not executable/u.exec(words)?.[1];
	if (program === undefined) return undefined;
	const lines = Object.keys(serviceConfig).filter((name) => name.startsWith('Exec'));
	const exact = lines.find((name) => programsIn(serviceConfig[name] ?? '').includes(program));
	return exact ?? (lines.length === 1 ? lines[0] : undefined);
};

/**
 * The person's setting that a remark is about: found by its line number, since the unit has it unchanged, or by its name
 * in the message. The lines that vira-setup adds are tested on every supported systemd.
 */
const nameIn = (
	remark: UnitRemark,
	serviceConfig: ServiceConfig,
	text: readonly string[],
): string | undefined => {
	const {line, words} = remark;
	const byProgram = line === undefined ? lineOfProgram(words, serviceConfig) : undefined;
	if (byProgram !== undefined) return byProgram;
	return Object.keys(serviceConfig).find((name) =>
		line === undefined
			? new RegExp(`(?<!\\w)${name}=`, 'u').test(words)
			: text[line - 1] === `${name}=${serviceConfig[name] ?? ''}`,
	);
};

/** As a sentence; systemd's message ends with a colon if it quotes an empty value. */
const ended = (words: string): string => (words.endsWith('.') ? words : `${words.replace(/:$/u, '')}.`);

/** `Unknown key name 'X' in section 'Service'` (247), `Unknown key 'X' in section [Service]` (252 and later). */
const isUnknown = (words: string): boolean => words.startsWith('Unknown key');

/** systemd's message quotes the value: one that looks secret must not be shown. */
const quoted = (name: string | undefined, {words}: UnitRemark): string => {
	if (name === undefined) return `systemd reports: ${ended(words)}`;
	if (isSecretName(name) && !isUnknown(words)) return `${name}: systemd does not accept this value.`;
	return `${name}: systemd reports: ${ended(words)}`;
};

/** The settings of [Install]; systemd's own list does not have them (systemd.unit(5)). */
const ofInstall = ['Alias', 'WantedBy', 'RequiredBy', 'UpheldBy', 'Also', 'DefaultInstance'];

/** The newest systemd in the tests. */
const newestKnown = 257;

const refusedNames: Readonly<Record<string, string>> = options.serviceConfig.refused;

interface Known {
	readonly keys: UnitKeys;
	readonly systemd: number | undefined;
}

const meantName = (name: string, nearest: string, systemd: number | undefined): string => {
	const reason = refusedNames[nearest];
	if (reason !== undefined) return `If you mean ${nearest}: ${reason}`;
	const newer =
		systemd === undefined || systemd >= newestKnown || name.toLowerCase() === nearest.toLowerCase()
			? ''
			: ` If it needs a newer systemd than ${systemd}, remove it.`;
	return `Did you mean ${nearest}?${newer}`;
};

const toCorrect = (name: string | undefined, {words}: UnitRemark, {keys, systemd}: Known): string => {
	if (name === undefined) return 'Correct or remove that systemd setting.';
	if (!isUnknown(words)) return 'Correct the value or remove the setting.';
	if (keys.get('Unit')?.includes(name) === true)
		return 'It belongs in [Unit]: remove it here and add it to a drop-in (systemctl --user edit vira.service).';
	if (ofInstall.includes(name))
		return 'It belongs in [Install], which vira-setup writes so that Vira starts at boot: remove it.';
	const nearest = nearestName(name, keys.get('Service') ?? []);
	return nearest === undefined
		? 'Correct the name or remove the setting; man systemd.directives lists all names.'
		: meantName(name, nearest, systemd);
};

const problemFrom = (name: string | undefined, remark: UnitRemark, known: Known): Problem => ({
	option,
	...(name !== undefined && {item: name}),
	message: `${quoted(name, remark)} ${toCorrect(name, remark, known)}`,
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
				...(remark.words.startsWith('Command ') && {fixes: [{say: 'Use the full path of the program.'}]}),
			})),
	};
};

/** systemd ignores what it does not understand and starts the service without it, which is easily missed. */
const notVerified = (why: string): Remarks => ({
	problems: [],
	warnings: [
		{
			code: 'unit-not-verified',
			option,
			message: `Your systemd settings could not be checked: ${ended(why)} systemd silently ignores settings that it does not understand.`,
		},
	],
});

/**
 * Has systemd check the person's settings within the planned unit. Without such settings nothing is checked: what
 * vira-setup writes is tested on every supported systemd.
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
