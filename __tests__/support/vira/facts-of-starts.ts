import {lines, opening, closing, ended, web, webOver, type Fact} from './fact.ts';
import type {StandIn} from './stand-in.ts';

/** What each Vira prints at its first start over HTTP, up to `Launching at`. */
const start = [
	...opening,
	'TIME ℹ️  INFO [🧵;4] Generating cache signing keys...',
	'TIME ℹ️  INFO [🧵;4] Generated cache signing keys',
	'TIME ℹ️  INFO [🧵;4] 🔄 Refresh daemon starting...',
	'TIME ℹ️  INFO [🧵;4] 🔄 Loaded refresh status from acid-state',
	'TIME ℹ️  INFO [🔄;17] Scheduling refresh for 0 repos',
	'TIME ℹ️  INFO [🔄;17] Queued refresh for repos: \u001b[37m  {prio=Normal}\u001b[0m',
	'TIME ℹ️  INFO [🧵;4] 🔄 Refresh daemon started (scheduler + cleanup + worker)',
	'TIME ℹ️  INFO [🧵;4] 🔨 Job worker daemon starting...',
	'TIME ℹ️  INFO [🧵;4] 🔨 Job worker daemon started',
	'TIME ℹ️  INFO [🧵;4] 🚀 Auto-build daemon starting...',
	'TIME ℹ️  INFO [🧵;4] 🚀 Auto-build daemon started',
	'TIME ℹ️  INFO [🧵;4] 🧹 Cleanup daemon started (checking every hour, retention: 14 days)',
];

const launching = (url: string): string => `TIME ℹ️  INFO [🧵;4] Launching at ${url}`;

const starts: readonly Fact[] = [
	{
		title: 'its log goes to standard output before it listens, with emoji and colors',
		see: ({begin}) => begin(webOver('')),
		is: {
			status: null,
			signal: null,
			stdout: lines(...start, launching('http://127.0.0.1:PORT')),
			stderr: '',
		},
	},
	{
		title: 'over HTTPS it says that it creates a certificate, after "Launching at"',
		see: async ({begin, mode}) => [
			(await begin(web)).stdout.split('\n').slice(-7),
			await Promise.all(
				['server.crt', 'server.key', 'openssl.conf'].map((name) => mode(`STATE/tls/${name}`)),
			),
		],
		is: [
			[
				launching('https://127.0.0.1:PORT'),
				'Generating TLS certificates for HTTPS support...',
				'Generated TLS certificates:',
				'  Certificate: STATE/tls/server.crt',
				'  Private key: STATE/tls/server.key',
				'  Valid for: localhost, localhost and common local network IPs',
				'',
			],
			['644', '600', '644'],
		],
	},
	...['Warning', 'error'].map((level) => ({
		title: `at the level ${level} the schema is named, and where it listens is not`,
		see: ({begin}: StandIn) => begin(`--log-level ${level} ${webOver('')}`),
		is: {status: null, signal: null, stdout: lines(...opening), stderr: ''},
	})),
	{
		title: 'at the level Debug it logs more, in gray',
		see: async ({begin}) => (await begin(`--log-level Debug ${webOver('')}`)).stdout.split('\n')[4],
		is: '\u001b[90mTIME 🐛 DEBUG [🧵;4]   Secret key: STATE/cache-keys/secret-key\u001b[0m',
	},
	{
		title: 'an IPv6 address is written without brackets',
		see: async ({begin}) =>
			(await begin('--state-dir STATE web --host ::1 --port PORT --no-https')).stdout.split('\n')[14],
		is: launching('http://::1:PORT'),
	},
	{
		title: 'a port that is taken ends it after its checkpoint',
		see: async ({takePort, begin}) => {
			await takePort();
			return begin(webOver(''));
		},
		is: ended(
			1,
			lines(...start, launching('http://127.0.0.1:PORT'), closing),
			lines('vira: Network.Socket.bind: resource busy (Address already in use)'),
		),
	},
];

const keys: readonly Fact[] = [
	{
		title: 'the keys of its cache are in a folder that everyone can read',
		see: async ({begin, mode}) => {
			await begin(webOver(''));
			return Promise.all(['', '/secret-key', '/public-key'].map((path) => mode(`STATE/cache-keys${path}`)));
		},
		is: ['755', '600', '644'],
	},
];

const troubles: readonly Fact[] = [
	{
		title: 'a gh that fails ends it after its checkpoint',
		see: async ({behave, begin}) => {
			await behave('gh-fails');
			const {stderr, ...heard} = await begin(webOver(''));
			return {...heard, stderr: stderr.replace(/\S+(?=\/gh )/u, '…')};
		},
		is: ended(
			1,
			lines(...opening, closing),
			lines('vira: readCreateProcess: …/gh "auth" "status" "--json" "hosts" (exit 1): failed'),
		),
	},
	{
		title: 'one that responds with 500 does so on each page',
		see: async ({behave, begin, ask}) => {
			await behave('answers-500');
			await begin(webOver(''));
			return Promise.all(['/', '/r', '/cache/nix-cache-info'].map(ask));
		},
		is: [500, 500, 500],
	},
];

const pages: readonly Fact[] = [
	{
		title: 'its pages start at / whatever the base path is',
		see: async ({begin, ask}) => {
			await begin(webOver('--base-path /vira/'));
			return Promise.all(['/', '/r', '/cache', '/tailwind.css', '/vira/', '/vira/tailwind.css'].map(ask));
		},
		is: [200, 200, 200, 200, 404, 404],
	},
];

/** What was observed about its starts: its log, its keys, its pages, and what prevents it from serving. */
export const startFacts: readonly Fact[] = [...starts, ...keys, ...troubles, ...pages];
