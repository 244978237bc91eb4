import {ownSettings, unitText} from '../../platform/linux/unit.ts';
import {listUnitKeys, verifyUnit, type UnitKeys, type UnitRemark} from '../../platform/linux/verify-unit.ts';
import {serviceFrom} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import {nearestName} from '../../settings/nearest.ts';
import type {Problem} from '../../settings/rules.ts';
import {isSecretName} from '../../settings/secret-names.ts';
import type {Warning} from '../../settings/warning.ts';
import {nothing, together, type Remarks, type Subject} from './check.ts';

const option = 'serviceConfig';

type Lines = Readonly<Record<string, string>>;

/** Their line where systemd replaces ours with it: allowed, and easily forgotten. */
const overridden = (serviceConfig: Lines): readonly Warning[] =>
	Object.entries(serviceConfig).flatMap(([name, value]): readonly Warning[] => {
		const ours = ownSettings[name];
		if (ours === undefined || ours === value) return [];
		return [{code: 'overrides-ours', option, sentence: `${name}=${value} replaces our ${name}=${ours}.`}];
	});

/**
 * The person's line that a remark is about. Its number leads to it, for it stands in the text as they gave it; words
 * without a number may name it. Our own lines are proven on every systemd by the tests of exactness.
 */
const nameIn = (remark: UnitRemark, serviceConfig: Lines, text: readonly string[]): string | undefined => {
	const {line, words} = remark;
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

const mendOf = (name: string | undefined, {words}: UnitRemark, keys: UnitKeys): string => {
	if (name === undefined) return 'Correct your systemd settings, or remove the one that it is about.';
	if (!isUnknown(words)) return 'Correct the value, or remove the setting.';
	if (keys.get('Unit')?.includes(name) === true)
		return 'It belongs to [Unit]: remove it here, and put it into a drop-in (systemctl --user edit vira.service).';
	const nearest = nearestName(name, keys.get('Service') ?? []);
	return nearest === undefined
		? 'Correct the name, or remove it: man systemd.directives lists all names.'
		: `Did you mean ${nearest}?`;
};

const problemFrom = (name: string | undefined, remark: UnitRemark, keys: UnitKeys): Problem => ({
	option,
	...(name !== undefined && {item: name}),
	sentence: `${quoted(name, remark)} ${mendOf(name, remark, keys)}`,
});

const remarksOf = async (
	system: System,
	serviceConfig: Lines,
	unit: {readonly text: readonly string[]; readonly remarks: readonly UnitRemark[]},
): Promise<Remarks> => {
	const inOrder = [...Object.keys(serviceConfig), undefined];
	const named = unit.remarks
		.map((remark) => ({remark, name: nameIn(remark, serviceConfig, unit.text)}))
		.filter(({remark, name}) => name !== undefined || remark.line === undefined)
		.toSorted((one, other) => inOrder.indexOf(one.name) - inOrder.indexOf(other.name));
	const isAsked = named.some(({remark: {words}}) => isUnknown(words));
	const keys: UnitKeys = isAsked ? await listUnitKeys(system) : new Map();
	return {
		problems: named
			.filter(({remark}) => remark.refuses)
			.map(({name, remark}) => problemFrom(name, remark, keys)),
		warnings: named
			.filter(({remark}) => !remark.refuses)
			.map(({name, remark}) => ({code: 'systemd-remark', option, sentence: quoted(name, remark)})),
	};
};

/** systemd ignores what it does not understand, and starts the service without it: nobody would notice. */
const notVerified = (why: string): Remarks => ({
	problems: [],
	warnings: [
		{
			code: 'unit-not-verified',
			option,
			sentence: `Your systemd settings could not be checked: ${ended(why)} systemd would pass over a mistake in them in silence.`,
		},
	],
});

/**
 * What systemd itself makes of the person's own lines, on the unit that is planned. Without such lines there is
 * nothing to ask: all that we write is proven by the tests on each systemd.
 */
export const checkUnit = async (program: string, {system, facts, settings}: Subject): Promise<Remarks> => {
	const {serviceConfig} = settings;
	if (facts.platform !== 'linux' || Object.keys(serviceConfig).length === 0) return nothing;
	const text = unitText(serviceFrom(settings, facts, program));
	const answer = await verifyUnit(system, text);
	const remarks = answer.verified
		? await remarksOf(system, serviceConfig, {text: text.split('\n'), remarks: answer.remarks})
		: notVerified(answer.why);
	return together([remarks, {problems: [], warnings: overridden(serviceConfig)}]);
};
