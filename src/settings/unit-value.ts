import type {Platform} from '../platform/facts.ts';
import {hasKnownEscapes, UnreadableLine, wordsOf} from './unit-words.ts';

/** For whom a unit of the module was written. */
export interface UnitOwner {
	readonly name: string;
	readonly uid: number;
	readonly home: string;
	readonly platform: Platform;
}

/** What a value is worth here that the module wrote into its unit. */
export interface UnitMeaning {
	readonly value: string;
	/** Why that is not what Vira got from the module's unit: a sentence. */
	readonly doubt?: string;
}

/** Specifiers of systemd.unit(5) that are the same in every version, and that no environment changes. */
const specifiers = ({name, uid, home}: UnitOwner): Readonly<Record<string, string>> => ({
	'%': '%',
	h: home,
	t: `/run/user/${uid}`,
	u: name,
	U: String(uid),
	n: 'vira.service',
	N: 'vira',
	p: 'vira',
});

/** systemd takes every letter or digit for one, and ignores the word where it knows none of that name. */
const otherSpecifier = /%[A-Za-z\d]/u;

const expanded = (text: string, owner: UnitOwner): string => {
	const known = specifiers(owner);
	return text.replaceAll(/%([%htuUnNp])/gu, (found, letter: string) => known[letter] ?? found);
};

const otherSpecifierIn = (text: string): string | undefined =>
	otherSpecifier.exec(text.replaceAll(/%[%htuUnNp]/gu, ''))?.[0];

const wordsIn = (line: string): readonly string[] | undefined => {
	if (/[\n\r]/u.test(line) || !hasKnownEscapes(line)) return undefined;
	try {
		return wordsOf(line).map(({word}) => word);
	} catch (error) {
		if (error instanceof UnreadableLine) return undefined;
		throw error;
	}
};

const doubts = {
	mac: 'On a Mac the module gives Vira no variables. Here Vira gets it as it is written.',
	unreadable: 'The module writes it without quotes, and systemd cannot read that. Here Vira gets all of it.',
	divided:
		'The module writes it without quotes, and systemd divides it at its spaces. Here Vira gets all of it.',
	specifier: (found: string) =>
		`In the unit of the module ${found} is a specifier of systemd. Here Vira gets ${found}: write out what it stands for.`,
	variable: (found: string) =>
		`In the command line of the module ${found} is a variable. Here Vira gets ${found}: write out what it stands for.`,
} as const;

/**
 * A value as Vira gets it from the unit of its Home Manager module, which quotes nothing: systemd divides the line into
 * words, reads quotes and escapes, and replaces specifiers (systemd.syntax(7), systemd.unit(5), "Specifiers"; Vira's
 * nix/modules/home-manager/vira.nix). `before` stands before it in the line. What systemd would have cut or ignored is
 * kept, with a doubt.
 */
export const meantInUnit = (text: string, owner: UnitOwner, before = ''): UnitMeaning => {
	if (!/[\s"'\\%]/u.test(text)) return {value: text};
	if (owner.platform === 'macos') return {value: text, doubt: doubts.mac};
	const words = wordsIn(before + text);
	if (words === undefined) return {value: expanded(text, owner), doubt: doubts.unreadable};
	const [word = '', ...more] = words;
	if (more.length > 0) return {value: expanded(text, owner), doubt: doubts.divided};
	const found = otherSpecifierIn(word);
	if (found !== undefined)
		return {value: expanded(word.slice(before.length), owner), doubt: doubts.specifier(found)};
	return {value: expanded(word.slice(before.length), owner)};
};

/** What a user manager has in its environment for every service (systemd.exec(5), "Environment Variables in Spawned Processes"). */
const variables = ({name, uid, home}: UnitOwner): Readonly<Record<string, string>> => ({
	HOME: home,
	USER: name,
	LOGNAME: name,
	XDG_RUNTIME_DIR: `/run/user/${uid}`,
});

/** `$$` is a dollar; `$NAME` is a variable as a whole word alone (systemd.service(5), "Command lines"). */
const variable = /\$(?:\$|\{([A-Za-z_]\w*)\}|(?<=^\$)([A-Za-z_]\w*)$)/gu;

/** The same in the command line of the unit, where variables are replaced as well. */
export const meantInCommand = (text: string, owner: UnitOwner): UnitMeaning => {
	const {value, doubt} = meantInUnit(text, owner);
	if (owner.platform === 'macos' || !value.includes('$')) return {value, ...(doubt !== undefined && {doubt})};
	const known = variables(owner);
	const others: string[] = [];
	const replaced = value.replaceAll(variable, (found, inBraces?: string, alone?: string) => {
		const meant = found === '$$' ? '$' : known[inBraces ?? alone ?? ''];
		if (meant === undefined) others.push(found);
		return meant ?? found;
	});
	const [other] = others;
	const said = doubt ?? (other === undefined ? undefined : doubts.variable(other));
	return {value: replaced, ...(said !== undefined && {doubt: said})};
};
