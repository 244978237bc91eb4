import type {Platform} from '../platform/facts.ts';
import {hasKnownEscapes, UnreadableLine, wordsOf} from './unit-words.ts';

/** The account that a unit of the module was written for. */
export interface UnitOwner {
	readonly name: string;
	readonly uid: number;
	readonly home: string;
	readonly platform: Platform;
}

/** What a value of the module's unit means here. */
export interface UnitMeaning {
	readonly value: string;
	/** Why that differs from what Vira got from the module's unit: a sentence. */
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

/** systemd reads every letter or digit as a specifier, and ignores the word if it does not know it. */
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

const passedAsIs = (found: string): string =>
	`vira-setup passes ${found} unchanged: replace it with its value.`;

const doubts = {
	mac: 'On a Mac, the module passes no variables to Vira. vira-setup passes this one as written.',
	unreadable: 'The module does not quote it, and systemd cannot read it. vira-setup passes the whole value.',
	divided:
		'The module does not quote it, and systemd splits it at spaces. vira-setup passes the whole value.',
	specifier: (found: string) => `In the module's unit, ${found} is a systemd specifier. ${passedAsIs(found)}`,
	variable: (found: string) => `In the module's command line, ${found} is a variable. ${passedAsIs(found)}`,
} as const;

/**
 * A value as Vira gets it from the unit of its Home Manager module, which quotes nothing: systemd splits the line into
 * words, reads quotes and escapes, and replaces specifiers (systemd.syntax(7), systemd.unit(5), "Specifiers"; Vira's
 * nix/modules/home-manager/vira.nix). `before` is the text before it in the line. Values that systemd would have cut or
 * ignored are kept, with a doubt.
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

/** The variables that a user manager gives every service (systemd.exec(5), "Environment Variables in Spawned Processes"). */
const variables = ({name, uid, home}: UnitOwner): Readonly<Record<string, string>> => ({
	HOME: home,
	USER: name,
	LOGNAME: name,
	XDG_RUNTIME_DIR: `/run/user/${uid}`,
});

/** `$$` is a dollar; `$NAME` is a variable as a whole word alone (systemd.service(5), "Command lines"). */
const variable = /\$(?:\$|\{([A-Za-z_]\w*)\}|(?<=^\$)([A-Za-z_]\w*)$)/gu;

/** The same for the command line of the unit, where variables are replaced too. */
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
