import type {Option, Value} from '../option.ts';
import {optionNames, optionOf, withGiven, type OptionName, type Settings} from '../options.ts';
import {finder, type Sought, replaceRanges} from './find-texts.ts';
import {maskLike, maskLooks, maskText, secretLooks, secretsInUrl} from './mask-looks.ts';
import {isSecretName} from './assigned-secrets.ts';
import {escapedInUnit} from '../unit-value.ts';
import {formatValue} from '../value.ts';

/** A secret, and what stands right before it where the setting itself is written. */
interface Secret {
	readonly places: readonly string[];
	readonly value: string;
}

/** As in a unit, and as in JSON. */
const namePlaces = (name: string, before = ''): readonly string[] => [
	`${name}=${before}`,
	`"${name}": "${before}`,
	`"${name}":"${before}`,
];

/** systemd.exec(5): `ID:DATA`, where the service finds DATA in a file of that name. */
const credential = /^(SetCredential(?:Encrypted)?)=([^:]*:)([^]+)$/u;

type Entry = readonly [name: string, value: string];

/** The secret part of an entry, if its whole value or the data of a credential is secret. */
const secretInEntry = (option: Option, [name, value]: Entry): readonly Secret[] => {
	if (option.kind !== 'map') return [];
	if (option.asVariables && isSecretName(name)) return [{places: namePlaces(name), value}];
	const [, key = '', id, data = ''] = credential.exec(`${name}=${value}`) ?? [];
	return option.asLines && data !== '' ? [{places: namePlaces(key, id), value: data}] : [];
};

/** What a value that is none itself has of them: hidden in its place by its looks, and elsewhere as itself. A plain word is a name as well. */
const secretsWithin = (value: string): readonly string[] =>
	secretLooks(value)
		.map(([from, to]) => value.slice(from, to))
		.filter((secret) => !/^[a-z]{0,15}$/u.test(secret));

const isPackages = (option: Option): boolean =>
	option.kind === 'list' || (option.kind === 'path' && option.installable !== undefined);

const secretsInOption = (name: OptionName, settings: Settings): readonly Secret[] => {
	const [option, value] = [optionOf(name), settings[name]];
	const bare = (texts: readonly string[], look: (text: string) => readonly string[]): readonly Secret[] =>
		texts.flatMap(look).map((secret) => ({places: [], value: secret}));
	if (isPackages(option)) return bare(formatValue(value), secretsInUrl);
	if (option.kind !== 'map' || typeof value !== 'object') return [];
	const isOfService = option.asVariables ?? option.asLines ?? false;
	const entries = Object.entries(value as Readonly<Record<string, string>>);
	return [
		...entries.flatMap((entry) => secretInEntry(option, entry)),
		...bare(Object.values(value), isOfService ? secretsWithin : secretsInUrl),
	];
};

/** Every place that can contain a secret. */
const secretsOf = (settings: Settings): readonly Secret[] =>
	optionNames.flatMap((name) => secretsInOption(name, settings)).filter(({value}) => value !== '');

/** Whether there is anything to mask. */
export const holdsSecrets = (settings: Settings): boolean =>
	secretsOf(settings).length > 0 || maskLooks(JSON.stringify(settings)) !== JSON.stringify(settings);

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'\r': '&#xD;',
	'\u0085': '&#x85;',
	'\u2028': '&#x2028;',
};

/** A text as it stands in a property list that we write (XML 1.0, 2.4). */
export const escapedInPlist = (text: string): string =>
	text.replaceAll(/[&<>\r\u0085\u2028]/gu, (character) => entities[character] ?? character);

/** JSON, systemd and property lists write some characters another way; a secret has to be found in their files as well. */
const writtenForms = (secret: string): readonly string[] => {
	const inJson = JSON.stringify(secret).slice(1, -1);
	const whole = [secret, inJson, escapedInUnit(secret), escapedInPlist(secret)];
	return [...new Set([...whole, ...[inJson, secret].map((text) => text.replaceAll('%', '%%'))])];
};

type Mask = (text: string) => string;

/** So long that nothing else reads like it. */
const unmistakable = 16;

/** Shorter ones are hidden in their own place alone: as a name of somebody, or as `1`, they are everywhere. */
const recognisable = 6;

/** A short one is hidden where it stands as a word, and not within a path: that is another thing of the same name. */
const anywhere = (spelled: string): readonly Sought[] => {
	if (spelled.length >= unmistakable) return [{text: spelled, last: spelled.length}];
	return spelled.length >= recognisable && !/^[\/~]/u.test(spelled) ? [{text: spelled, last: 0}] : [];
};

/** All texts that show secrets of these settings. */
const soughtIn = (all: readonly Settings[]): readonly Sought[] => {
	const sought = all
		.flatMap(secretsOf)
		.flatMap(({places, value}) => writtenForms(value).map((spelled) => ({places, spelled})))
		.flatMap(({places, spelled}) => [
			...places.map((place) => ({text: place + spelled, last: spelled.length})),
			...anywhere(spelled),
		]);
	return [...new Map(sought.map((one) => [`${one.last} ${one.text}`, one])).values()];
};

/** The assignments of a line of a unit: between double quotes, as we write them, or as a person may have. */
const assignments =
	/(?<!\S)(?:"[A-Za-z_]\w*=[^"\\]*(?:\\.[^"\\]*)*"?|'[A-Za-z_]\w*=[^']*'?|[A-Za-z_]\w*=\S+)/gu;

const maskAssignment = (assignment: string): string => {
	const [, quote = '', name = ''] = /^(["']?)(\w+)/u.exec(assignment) ?? [];
	return isSecretName(name) ? `${quote}${name}=${maskText}${quote}` : assignment;
};

/** Lines of a unit, to which a person may have added what the settings never knew. */
const maskUnitLines: Mask = (text) =>
	text.replaceAll(/(?<=^[+\- ]*Environment=)[^\n]*$/gmu, (values) =>
		values.replaceAll(assignments, maskAssignment),
	);

/** Variables in JSON, of a file perhaps that can no longer be read as such. The names of settings have small letters. */
const maskJsonEntries: Mask = (text) =>
	text.replaceAll(
		/"([A-Z_][A-Z0-9_]*)"(\s*:\s*)(?:"(?:[^"\\\n]|\\.)*"?|[^\s,{}[\]"]+)/gu,
		(entry, name: string, colon: string) => (isSecretName(name) ? `"${name}"${colon}"${maskText}"` : entry),
	);

/** Entries of a property list, in the same way: in a value, `<` and `>` are written otherwise. */
const maskPlistEntries: Mask = (text) =>
	text.replaceAll(/<key>([^<]*)<\/key>\s*<string>[^<]+/gu, (entry, name: string) => {
		if (!isSecretName(name)) return entry;
		const from = entry.indexOf('<string>') + '<string>'.length;
		return entry.slice(0, from) + maskLike(entry.slice(from));
	});

/** The text of a large file is shown more than once: with the preview, and in the document. */
const rememberedTexts = 4;

const once = (mask: Mask): Mask => {
	const known = new Map<string, string>();
	return (text) => {
		if (text.length < 1000) return mask(text);
		const shown = known.get(text) ?? mask(text);
		known.delete(text);
		known.set(text, shown);
		for (const oldest of known.keys()) if (known.size > rememberedTexts) known.delete(oldest);
		return shown;
	};
};

/**
 * Hides every value of these settings that looks like a secret, in any text that a person or a log may see: of the
 * new ones, and of the ones before, which a difference and a log still show. Paths and names of other things stay,
 * and so does the number of lines.
 */
export const masker = (...all: readonly Settings[]): Mask => {
	let find: ReturnType<typeof finder> | undefined;
	return once((text) => {
		find ??= finder(soughtIn(all));
		return maskLooks(
			maskJsonEntries(maskPlistEntries(maskUnitLines(replaceRanges(text, find(text), maskLike)))),
		);
	});
};

/** An item of a list or map as it may be seen, whether or not it is one of the settings. */
export const maskItem = (name: OptionName, item: string, mask: Mask): string => {
	const option = optionOf(name);
	const divide = item.indexOf('=');
	const [secret] = divide < 0 ? [] : secretInEntry(option, [item.slice(0, divide), item.slice(divide + 1)]);
	// The name of a folder can be any word.
	const kept = option.kind === 'map' && option.namesFolders ? (/^[\w.\-]+=/u.exec(item)?.[0] ?? '') : '';
	if (kept !== '') return kept + mask(item.slice(kept.length));
	if (secret === undefined || secret.value === '') return mask(item);
	return item.slice(0, item.length - secret.value.length) + maskText;
};

const maskValue = (name: OptionName, value: Value, mask: Mask): Value => {
	const option = optionOf(name);
	if (isPackages(option)) return typeof value === 'string' ? mask(value) : formatValue(value).map(mask);
	if (option.kind !== 'map') return value;
	const entries = Object.entries(value as Readonly<Record<string, string>>);
	return Object.fromEntries(
		entries.map(([key, text]) => [key, maskItem(name, `${key}=${text}`, mask).slice(key.length + 1)]),
	);
};

/** The settings with every secret masked, by the masker that there is of them: for screens and JSON. */
export const maskSettings = (settings: Settings, mask = masker(settings)): Settings =>
	withGiven(settings, new Map(optionNames.map((name) => [name, maskValue(name, settings[name], mask)])));
