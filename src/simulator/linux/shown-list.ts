const controls: Readonly<Record<string, string>> = {
	'\x07': 'a',
	'\b': 'b',
	'\f': 'f',
	'\n': 'n',
	'\r': 'r',
	'\t': 't',
	'\v': 'v',
};

const isControl = (sign: string): boolean => /[\u0000-\u001F\u007F]/u.test(sign);

const escaped = (sign: string): string => {
	if (!isControl(sign)) return `\\${sign}`;
	return `\\${controls[sign] ?? sign.charCodeAt(0).toString(8).padStart(3, '0')}`;
};

const shownWord = (word: string): string =>
	/[ \u0000-\u001F\u007F"\\`$*?['()<>|&;!]/u.test(word)
		? `"${word.replaceAll(/[\u0000-\u001F\u007F"\\`$]/gu, escaped)}"`
		: word;

/** A list as systemctl prints it, with words quoted for a shell if necessary; as seen with systemd 252. */
export const shownList = (words: readonly string[]): string => words.map(shownWord).join(' ');
