import fc from 'fast-check';
import type {Platform} from '../../src/platform/facts.ts';
import type {Option} from '../../src/settings/option.ts';
import {
	defaultSettings,
	optionNames,
	optionOf,
	withGiven,
	type OptionName,
	type Settings,
} from '../../src/settings/options.ts';
import {problemsOf} from '../../src/settings/rules.ts';
import type {Problem} from '../../src/settings/problem.ts';
import {parseEntry, parseItem, type Parsed} from '../../src/settings/items.ts';
import {parseValue} from '../../src/settings/value.ts';

/** Texts for every option, as a user may type them: one for a single value, one for each item. */
export type Typed = Readonly<Record<OptionName, readonly string[]>>;

/** Characters that a shell, systemd, C or a terminal interprets. */
export const tokens: readonly string[] = [
	...[' ', '  ', '\t', '"', "'", '`', '\\', '\\\\', '$', '$$', '${X}', '${HOME}', '$PATH', '$(id)'],
	...['%', '%%', '%h', '%n', ';', ' ; ', '#', '-', '--help', '=', ':', '/', '~', '*', '@', '+', '!'],
	...['|', '{', '}', '[Service]', String.raw`\x41`, String.raw`\n`, String.raw`\101`, String.raw`\u0041`],
	...['\u0001', '\u0007', '\b', '\v', '\f', '\u001B[31m', '\u007F', '\u0085', '\u00A0', '\u2028', '\uFEFF'],
	...['\u0301', '\u20DD', 'é', 'e\u0301', '😀', '👩‍👩‍👧', '🇪🇺', '\u202E', '\u{10FFFD}', 'ß', '漢'],
];
const lineBreaks = ['\n', '\r', '\r\n', '\nUser=root\n'];
/** A file or a process cannot receive these unchanged. */
const impossible = ['\0', '\uD800', '\uDC00', '\uFFFD', '\uFFFE', '\u{1FFFF}', '\uFDD0'];

const piece = fc.oneof(
	{weight: 60, arbitrary: fc.constantFrom(...tokens)},
	{weight: 20, arbitrary: fc.stringMatching(/^\w{1,8}$/u)},
	{weight: 8, arbitrary: fc.string({unit: 'grapheme', maxLength: 8})},
	{weight: 8, arbitrary: fc.string({unit: 'binary', maxLength: 4})},
	{weight: 4, arbitrary: fc.constantFrom(...lineBreaks)},
	{weight: 1, arbitrary: fc.constantFrom(...impossible)},
);
const shortText = fc.array(piece, {maxLength: 12}).map((pieces) => pieces.join(''));

/** As long a text as the bytes allow, made of one that repeats. */
const longText = (bytes: number): fc.Arbitrary<string> =>
	fc.constantFrom(...tokens).map((token) => token.repeat(Math.floor(bytes / Buffer.byteLength(token))));

const anyText = fc.oneof(
	{weight: 300, arbitrary: shortText},
	{weight: 5, arbitrary: fc.constant('')},
	{weight: 2, arbitrary: fc.constantFrom(100_000, 131_071, 200_000).chain(longText)},
);

/** Usually without text that the option refuses anyway, so that the rest of the text is tested. */
const mostlyWithout = (refused: RegExp): fc.Arbitrary<string> =>
	fc.oneof(
		{weight: 9, arbitrary: anyText.map((text) => text.replaceAll(refused, ''))},
		{weight: 1, arbitrary: anyText},
	);

const anyPath = fc
	.tuple(fc.constantFrom('/', '~/', '~/a/', '//', '/-', '/./'), mostlyWithout(/[\n\r]/gu))
	.map((parts) => parts.join(''));
const anyHost = fc.oneof(
	{weight: 9, arbitrary: fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6(), fc.constant('bücher.example'))},
	{weight: 1, arbitrary: anyText},
);
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,11}$/u);

/** Below a folder of its own, so that it can be made; a file there, or `bin/vira` in a folder. */
const anyProgram = fc
	.tuple(fc.constantFrom('', '', '/', '/.', '/../programs'), mostlyWithout(/["'\\\p{Cc}]/gu), fc.boolean())
	.map(([detour, text, inFolder]) => {
		const name = `vira${Array.from(text.replaceAll('/', '_')).slice(0, 60).join('')}`;
		return `~/programs${detour}/${inFolder ? `folders/${name}/bin/vira` : name}`;
	});

const anyUrl = fc
	.tuple(
		fc.constantFrom('https://', 'https://me:pw@', 'ssh://git@', 'file:///', '/', 'git@host:', ''),
		mostlyWithout(/[\s\p{Cc}]/gu),
	)
	.map((parts) => parts.join(''));

const anyVariableName = fc.oneof(
	{weight: 20, arbitrary: word},
	{weight: 4, arbitrary: fc.constantFrom('PATH', 'HOME', '_', '__proto__', 'constructor', 'GIT_SSH_COMMAND')},
	{weight: 1, arbitrary: anyText},
);
const entries = (name: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> =>
	fc
		.uniqueArray(fc.tuple(name, value), {maxLength: 6, selector: ([one]) => one})
		.map((all) => all.map((entry) => entry.join('=')));
const anyVariables = fc.oneof(
	{weight: 100, arbitrary: entries(anyVariableName, anyText)},
	{
		weight: 1,
		arbitrary: shortText.map((text) => Array.from({length: 1000}, (_, index) => `MANY_${index}=${text}`)),
	},
);

const single = (text: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> => text.map((one) => [one]);

const special: Partial<Record<OptionName, fc.Arbitrary<readonly string[]>>> = {
	hostname: single(anyHost),
	basePath: single(mostlyWithout(/[\s?#]/gu).map((text) => `/a${text}/`)),
	package: single(anyProgram),
	environment: anyVariables,
	repositories: entries(mostlyWithout(/[\s\/=\p{Cc}]/gu), anyUrl),
	serviceConfig: entries(
		fc.oneof({weight: 9, arbitrary: word}, {weight: 1, arbitrary: anyText}),
		mostlyWithout(/[\n\r]/gu),
	),
};

const textsOf = (name: OptionName, option: Option): fc.Arbitrary<readonly string[]> => {
	switch (option.kind) {
		case 'number':
			return single(fc.integer({min: option.min, max: option.max}).map(String));
		case 'toggle':
			return single(fc.constantFrom('true', 'false'));
		case 'choice':
			return single(fc.constantFrom(...option.choices));
		case 'list':
			return fc.array(anyPath, {maxLength: 4});
		case 'path':
			return special[name] ?? single(option.optional ? fc.oneof(fc.constant(''), anyPath) : anyPath);
		default:
			return special[name] ?? single(anyText);
	}
};

/** Any texts at all, most of them hostile, some of them impossible. */
export const anyTyped: fc.Arbitrary<Typed> = fc.record(
	Object.fromEntries(optionNames.map((name) => [name, textsOf(name, optionOf(name))])),
) as unknown as fc.Arbitrary<Typed>;

/** The settings that were accepted, and for each text that was not the message that refused it. */
export interface Kept {
	readonly settings: Settings;
	readonly refused: readonly string[];
}

const parserOf = (option: Option): ((text: string) => Parsed<unknown>) => {
	if (option.kind === 'list') return (text) => parseItem(text, option);
	if (option.kind === 'map') return (text) => parseEntry(text, option);
	return (text) => parseValue(option, [text]);
};

/** A certificate needs its key and HTTPS; that does not depend on its characters. */
const withUsableCertificate = (settings: Settings): Settings =>
	settings.tlsCert === undefined || settings.tlsKey === undefined
		? {...settings, tlsCert: undefined, tlsKey: undefined}
		: {...settings, https: true};

const defaults = defaultSettings({vira: '/home/alice/programs/vira'});

/** Without the item that a problem is about; a required option keeps its default. */
const mendedAt = (settings: Settings, {option, item}: Problem): Settings => {
	const value = settings[option];
	if (item === undefined || typeof value !== 'object')
		return withGiven(settings, new Map([[option, defaults[option]]]));
	const rest = Array.isArray(value)
		? value.filter((one) => one !== item)
		: Object.fromEntries(Object.entries(value).filter(([name]) => name !== item));
	return withGiven(settings, new Map([[option, rest]]));
};

/** Settings without those that the platform refuses. */
export const keepPossible = (settings: Settings, platform: Platform): Kept => {
	const problems = problemsOf(settings, platform);
	return {
		settings: withUsableCertificate(problems.reduce(mendedAt, settings)),
		refused: problems.map(({message}) => message),
	};
};

/** Settings that can be accepted; an option that becomes empty keeps its default. */
export const keepAccepted = (typed: Typed, platform: Platform): Kept => {
	const refused: string[] = [];
	const given = optionNames.flatMap((name) => {
		const option = optionOf(name);
		const parsed = typed[name].map((text) => ({text, result: parserOf(option)(text)}));
		refused.push(...parsed.flatMap(({result}) => (result.good ? [] : [result.problem])));
		const accepted = parsed.flatMap(({text, result}) => (result.good ? [text] : []));
		const whole = parseValue(option, accepted);
		return whole.good && accepted.length > 0 ? [[name, whole.value] as const] : [];
	});
	const kept = keepPossible(withUsableCertificate(withGiven(defaults, new Map(given))), platform);
	return {...kept, refused: [...refused, ...kept.refused]};
};

/** Any valid settings. */
export const anySettings: fc.Arbitrary<Settings> = anyTyped.map(
	(typed) => keepAccepted(typed, 'linux').settings,
);
