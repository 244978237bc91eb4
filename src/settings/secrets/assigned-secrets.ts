import {forEachMatch, type Range} from './find-texts.ts';

/** API_KEY, apiKey, APIKey and api-key have the same words. */
const wordsOf = (name: string): readonly string[] =>
	name
		.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/u)
		.filter((word) => word !== '')
		.map((word) => word.toUpperCase());

/** Whole words: an AUTHOR, a TOKENIZER and a MONKEY have no secret. */
const plainWord =
	/^(?:[A-Z]*(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL)S?|(?:API|ACCESS|AUTH|DEPLOY|ENCRYPTION|MASTER|SIGNING)KEYS?|(?:DB|PG)?PASS|PWD|CREDS|BEARER|AUTHORIZATION|COOKIES?|JWTS?)$/u;

/** These name a secret in a variable; elsewhere as often a file, a kind, or a name. */
const vagueWord = /^(?:(?:GPG|PRIVATE|SSH)?KEYS?|O?AUTH|PAT|PIN|PEM|SESSION)$/u;

/** A key of such a kind is nothing but a secret. */
const kindOfKey = /^(?:API|ACCESS|ENCRYPTION|MASTER|SIGNING)$/u;

/** GIT_SSH_COMMAND and the like name a secret, or where it is, without being one. */
const harmlessWord =
	/^(?:COMMAND|CMD|PATHS?|FILES?|SOCK|SOCKET|DIRS?|FOLDER|ID|TYPE|SIZE|LENGTH|TTL|TIMEOUT)$/u;

/** That of a desktop is the name of a program: DESKTOP_SESSION, XDG_SESSION_DESKTOP (pam_systemd(8)). */
const namesSession = (words: readonly string[]): boolean =>
	words.at(-1) === 'SESSION' && !words.includes('DESKTOP');

const isVague = (words: readonly string[]): boolean =>
	words.some((word) => (word === 'SESSION' ? namesSession(words) : vagueWord.test(word)));

/** Whether the value of an environment variable of this name is to be kept from other eyes. */
export const isSecretName = (name: string): boolean => {
	const words = wordsOf(name);
	return (
		(words.some((word) => plainWord.test(word)) || isVague(words)) && !harmlessWord.test(words.at(-1) ?? '')
	);
};

/** Whether a name says so beyond doubt, wherever it stands: the KEY of an option is most often a file. */
export const isPlainlySecret = (name: string): boolean => {
	const words = wordsOf(name);
	return (
		!harmlessWord.test(words.at(-1) ?? '') &&
		(words.some((word) => plainWord.test(word)) ||
			(words.some((word) => kindOfKey.test(word)) && isVague(words)))
	);
};

/** Settings of systemd that only sound like it: a credential of systemd.exec(5) has its name before its data. */
const directive = /^(?:PassEnvironment|(?:Set|Load|Import)Credential(?:Encrypted)?)$/u;

/** `NAME=`, `--name=`, `"name": `; behind `?`, `&` and `#` stands the part of a URL, which ends otherwise. */
const anyName = /(?<![\w.\-?&#])-{0,2}([A-Za-z_][\w.\-]*)((?:\\{0,8}["'])?)([ \t]*)([=:])[ \t]*/gu;

/** `--name VALUE`, in a property list as well. */
const anyOption = /(?<![\w\-])--?([A-Za-z][\w\-]*)(?:["']?[ \t]+|<\/string>\s*<string>)(?!-)/gu;

/** So short names alone are in many a text, as a key of something else. */
const common = /^(?:keys?|auth|pat|pem|pin|session)$/u;

/** What a URL, a path or a variable begins with: the first has rules of its own, the others are no secret. */
const elsewhere =
	/^(?:[a-z][a-z0-9+.\-]*:\/\/|~\/|\.{1,2}\/|%[a-zA-Z]\/|\/(?:home|Users|root|etc|var|run|srv|opt|usr|nix|tmp|private|Library|Volumes|mnt|media|dev|proc)(?:\/|$)|\$[{(])/iu;

/** As Git and SSH write where a repository is: a name of one in our own files can be any word. */
const onHost = /^[\w.\-]+@[\w\-]+(?:\.[\w\-]+)+:[\w~\/]/u;

/** What is set may be no more than a switch. */
const harmlessValue = /^(?:null|true|false|yes|no|on|off)$/iu;

/** Behind such a character stands one of several, which ends with the next. */
const endsOf: Readonly<Record<string, string>> = {';': ';', ',': ',', '{': ',}', '(': ',)'};

interface AssignedValue {
	/** The quote around it, as it is written there; in a property list, what the text ends with. */
	readonly quote: string;
	/** What else ends it, where nothing is around it. */
	readonly ends: string;
}

/** The quote that ends before this place, with the backslashes before it; empty where there is none. */
const quoteBefore = (text: string, end: number): string => {
	if (text.endsWith('<string>', end)) return '<';
	const mark = text.charAt(end - 1);
	if (mark !== '"' && mark !== "'") return '';
	let from = end - 1;
	while (from > 0 && end - from < 9 && text[from - 1] === '\\') from -= 1;
	return text.slice(from, end);
};

const quoteAt = (text: string, from: number): string => {
	let end = from;
	while (end - from < 8 && text[end] === '\\') end += 1;
	return text[end] === '"' || text[end] === "'" ? text.slice(from, end + 1) : '';
};

/** Where the quote is that ends a value; one with more backslashes stands within it. */
const closingQuote = (text: string, from: number, quote: string): number => {
	if (quote === '<') return text.includes('<', from) ? text.indexOf('<', from) : text.length;
	const [mark, before] = [quote.at(-1), quote.length - 1];
	let slashes = 0;
	for (let at = from; at < text.length; at += 1) {
		const character = text[at];
		if (character === '\n') return at;
		const ends = slashes < before || slashes % (2 * quote.length) === before;
		if (character === mark && ends) return at - Math.min(slashes, before);
		slashes = character === '\\' ? slashes + 1 : 0;
	}
	return text.length;
};

const patterns = new Map<string, RegExp>();

/** What ends a value without quotes: one of these characters as well. Only as much is looked at as the value has. */
const endPattern = (ends: string): RegExp => {
	const known = patterns.get(ends);
	if (known) return known;
	const characters = ends.replaceAll(/[\])}]/gu, String.raw`\$&`);
	const pattern = new RegExp(String.raw`[\s"'<${characters}]|(?<!\\)\\+["'n]`, 'gu');
	patterns.set(ends, pattern);
	return pattern;
};

/** Where a value ends that has no quotes; what a sentence puts after it is no part of it. */
const endOfBare = (text: string, from: number, ends: string): number => {
	const pattern = endPattern(ends);
	pattern.lastIndex = from;
	let end = pattern.exec(text)?.index ?? text.length;
	while (end > from + 1 && ',;.)]}'.includes(text.charAt(end - 1))) end -= 1;
	return end;
};

const valueAt = (text: string, from: number, {quote, ends}: AssignedValue): Range => {
	if (quote !== '') return [from, closingQuote(text, from, quote)];
	const own = quoteAt(text, from);
	return own === ''
		? [from, endOfBare(text, from, ends)]
		: [from + own.length, closingQuote(text, from + own.length, own)];
};

const isSecretValue = (text: string, name: string, [from, to]: Range): boolean => {
	const value = text.slice(from, Math.min(to, from + 200));
	if (value === '' || elsewhere.test(value)) return false;
	if (text.charAt(from - 1) === '"' && onHost.test(value)) return false;
	return isPlainlySecret(name) ? value !== 'null' : !harmlessValue.test(value);
};

/** A key as YAML has it: at the beginning of a line or of what is within brackets, with a blank behind its colon. */
const isKey = (text: string, at: RegExpExecArray): boolean =>
	/^[a-z]/u.test(at[1] ?? '') &&
	/\s$/u.test(at[0]) &&
	/(?:^|[\n{,="']|\\n)[ \t\-]*$/u.test(text.slice(Math.max(0, at.index - 40), at.index));

/** What its name has between itself and its value, where that is a secret's; undefined: it is none. */
const assigned = (text: string, at: RegExpExecArray): AssignedValue | undefined => {
	const [, name = '', quote = '', blank = '', sign] = at;
	if (!isSecretName(name) || directive.test(name) || common.test(name)) return undefined;
	const before = quoteBefore(text, at.index);
	const ends = endsOf[text.charAt(at.index - 1)] ?? '';
	if (sign === ':') {
		const isJson = quote !== '' && before === quote;
		return isJson || (quote === '' && isPlainlySecret(name) && isKey(text, at))
			? {quote: '', ends: isJson ? ',}]' : `${ends},}`}
			: undefined;
	}
	// With blanks around it, as in the files of many programs; of several, each has its own name.
	if (blank !== '' && (!isPlainlySecret(name) || /s$/iu.test(name))) return undefined;
	if (blank === '' && /\s$/u.test(at[0])) return undefined;
	return {quote: quote === '' ? before : '', ends};
};

/** Options that ask for one, or for none, and have no value. */
const switches = /^(?:no|ask|without)-|-(?:stdin|prompt)$/iu;

/** The same of an option, whose value is another word. */
const following = ([whole, name = '']: RegExpExecArray): AssignedValue | undefined =>
	isPlainlySecret(name) && !switches.test(name)
		? {quote: whole.endsWith('>') ? '<' : '', ends: ''}
		: undefined;

/** The values that a name before them says to be secret: of variables, options, and keys. */
export const assignedSecrets = (text: string): readonly Range[] => {
	const found: Range[] = [];
	let done = 0;
	const take = (at: RegExpExecArray, value: AssignedValue | undefined): void => {
		if (!value || at.index < done) return;
		const range = valueAt(text, at.index + at[0].length, value);
		if (isSecretValue(text, at[1] ?? '', range)) found.push(range);
		[, done] = range;
	};
	forEachMatch(anyName, text, (at) => take(at, assigned(text, at)));
	done = 0;
	forEachMatch(anyOption, text, (at) => take(at, following(at)));
	return found;
};
