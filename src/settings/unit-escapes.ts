const controlNames: Readonly<Record<string, string>> = {'\n': String.raw`\n`, '\t': String.raw`\t`};

const escapedControl = (character: string): string =>
	controlNames[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** A text as it stands between double quotes in a unit: systemd.syntax(7), Quoting; `%` begins a specifier (systemd.unit(5)). */
export const escapedInUnit = (text: string): string =>
	text
		.replaceAll('\\', '\\\\')
		.replaceAll('"', String.raw`\"`)
		.replaceAll(/[\u0000-\u001F\u007F]/gu, escapedControl)
		.replaceAll('%', '%%');
