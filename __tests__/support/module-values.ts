/** Variables as users give them to Vira's module, which writes them into its unit without quotes; alice has UID 1000. */
export const readBySystemd: Readonly<Record<string, readonly [written: string, meant: string]>> = {
	SSH_AUTH_SOCK: ['%t/ssh-agent', '/run/user/1000/ssh-agent'],
	IN_HOME: ['%h/bin:%h/.local/bin', '/home/alice/bin:/home/alice/.local/bin'],
	WHO: ['%u-%U', 'alice-1000'],
	UNIT: ['%n,%N,%p', 'vira.service,vira,vira'],
	PERCENT: ['100%%', '100%'],
	AT_ITS_END: ['100%', '100%'],
	NO_SPECIFIER: ['%(x)%', '%(x)%'],
	QUOTED: ['"ssh -i /a b"', 'ssh -i /a b'],
	SINGLE: [`'a "b" c'`, 'a "b" c'],
	INSIDE: [`--x="a b"'c d'`, '--x=a bc d'],
	IN_QUOTES: ['"%h/my keys"', '/home/alice/my keys'],
	ESCAPED: [String.raw`a\x20b\tc\101\\`, 'a b\tcA\\'],
	EMPTY: ['', ''],
	BLANK_AT_END: ['x  ', 'x'],
	DOLLAR: ['$HOME/x', '$HOME/x'],
};

const divided =
	'The module does not quote it, and systemd splits it at spaces. vira-setup passes the whole value.';
const unreadable =
	'The module does not quote it, and systemd cannot read it. vira-setup passes the whole value.';

/** Variables that did not reach Vira unchanged, with the value it gets here and the message. */
export const doubted: Readonly<Record<string, readonly [written: string, here: string, doubt: string]>> = {
	GIT_SSH_COMMAND: ['ssh -i %h/.ssh/ci', 'ssh -i /home/alice/.ssh/ci', divided],
	OTHER: ['a B=b', 'a B=b', divided],
	BLANK_FIRST: [' x', ' x', divided],
	HALF_QUOTED: ['"x', '"x', unreadable],
	NO_ESCAPE: [String.raw`a\qb`, String.raw`a\qb`, unreadable],
	LINES: ['a\nb', 'a\nb', unreadable],
	NO_SUCH_ONE: [
		'%z',
		'%z',
		"In the module's unit, %z is a systemd specifier. vira-setup passes %z unchanged: replace it with its value.",
	],
	HOST: [
		'on-%H',
		'on-%H',
		"In the module's unit, %H is a systemd specifier. vira-setup passes %H unchanged: replace it with its value.",
	],
};

/** The names with the values given to the module. */
export const written = (
	values: Readonly<Record<string, readonly [string, ...unknown[]]>>,
): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(values).map(([name, [text]]) => [name, text]));
