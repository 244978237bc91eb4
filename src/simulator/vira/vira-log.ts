const levels = ['Debug', 'Info', 'Warning', 'Error'] as const;

type Level = (typeof levels)[number];

/** A line of the log; one without a level is printed whatever the level is, and bare. */
export interface LogLine {
	readonly level?: Level;
	readonly text: string;
	/** The sign of the thread that says it. */
	readonly thread?: string;
	/** What the line is about, as `name=value`. */
	readonly about?: string;
}

const resetColour = '\u001b[0m';

/** The colour of a line, and how its level is written (Effectful/Colog/Simple.hs). */
const looks: Readonly<Record<Level, {readonly colour: string; readonly sign: string}>> = {
	Debug: {colour: '\u001b[90m', sign: '🐛 DEBUG'},
	Info: {colour: '', sign: 'ℹ️  INFO'},
	Warning: {colour: '\u001b[33m', sign: '⚠️  WARN'},
	Error: {colour: '\u001b[31m', sign: '❌ ERROR'},
};

const threadNumbers: Readonly<Record<string, number>> = {'🧵': 4, '🔄': 17, '🔨': 20, '🚀': 22, '🧹': 23};

const written = (
	{level, text, thread = '🧵', about}: LogLine & {readonly level: Level},
	time: string,
): string => {
	const {colour, sign} = looks[level];
	const context = about === undefined ? '' : `\u001b[37m  {${about}}${resetColour}`;
	const line = `${time} ${sign} [${thread};${threadNumbers[thread] ?? 4}] ${text}${context}`;
	return colour === '' ? line : `${colour}${line}${resetColour}`;
};

/** The lines that are at least as severe as asked for (in any case, and `warn` is a level too), as they are printed at that time (hours and minutes). */
export const logText = (lines: readonly LogLine[], least: string, time: string): readonly string[] => {
	const from = levels.findIndex((level) => level.toLowerCase().startsWith(least.toLowerCase()));
	return lines.flatMap(({level, ...line}) => {
		if (level === undefined) return [line.text];
		return levels.indexOf(level) < from ? [] : [written({...line, level}, time)];
	});
};

/** What the lines of a start depend on. */
export interface Start {
	readonly stateFolder: string;
	readonly repositories: readonly string[];
	readonly retentionDays: string;
	/** Where it is about to listen: scheme, host and port as they were given. */
	readonly url: string;
	/** Whether the keys and the certificate are there from an earlier start. */
	readonly hasKeys: boolean;
	/** `given` and `none`: nothing is said of a certificate. */
	readonly certificate: 'there' | 'made' | 'given' | 'none';
}

const info = (text: string, more: Omit<LogLine, 'level' | 'text'> = {}): LogLine => ({
	level: 'Info',
	text,
	...more,
});

const keyLines = ({hasKeys, stateFolder}: Start): readonly LogLine[] => {
	const folder = `${stateFolder}/cache-keys`;
	if (hasKeys) return [info(`Using existing cache keys from ${folder}/`)];
	return [
		info('Generating cache signing keys...'),
		info('Generated cache signing keys'),
		{level: 'Debug', text: `  Secret key: ${folder}/secret-key`},
		{level: 'Debug', text: `  Public key: ${folder}/public-key`},
	];
};

const refreshLines = ({repositories}: Start): readonly LogLine[] => [
	info('🔄 Refresh daemon starting...'),
	info('🔄 Loaded refresh status from acid-state'),
	info(`Scheduling refresh for ${repositories.length} repos`, {thread: '🔄'}),
	info(`Queued refresh for repos: ${repositories.join(', ')}`, {thread: '🔄', about: 'prio=Normal'}),
	info('🔄 Refresh daemon started (scheduler + cleanup + worker)'),
];

const cleanupLine = ({retentionDays}: Start): LogLine =>
	info(
		Number(retentionDays) === 0
			? '🧹 Cleanup daemon disabled (retention: 0 days)'
			: `🧹 Cleanup daemon started (checking every hour, retention: ${retentionDays} days)`,
	);

const certificateLines = ({certificate, stateFolder}: Start): readonly string[] => {
	const folder = `${stateFolder}/tls`;
	if (certificate === 'there') return [`Using existing TLS certificates from ${folder}/`];
	if (certificate !== 'made') return [];
	return [
		'Generating TLS certificates for HTTPS support...',
		'Generated TLS certificates:',
		`  Certificate: ${folder}/server.crt`,
		`  Private key: ${folder}/server.key`,
		'  Valid for: localhost, localhost and common local network IPs',
	];
};

/** All that Vira prints between its import and the bind, in its order (App/Run.hs, Web/Server.hs and the daemons). */
export const linesBeforeBind = (start: Start): readonly LogLine[] => [
	...keyLines(start),
	...refreshLines(start),
	info('🔨 Job worker daemon starting...'),
	info('🔨 Job worker daemon started'),
	info('🚀 Auto-build daemon starting...'),
	info('🚀 Auto-build daemon started'),
	cleanupLine(start),
	info(`Launching at ${start.url}`),
	{
		level: 'Debug',
		text: 'Static dir = /nix/store/8mdkf1x0n2qvbry5gjw6pac9s7l43hiz-vira-0.1.0.0-data/share/static',
	},
	...certificateLines(start).map((text) => ({text})),
];
