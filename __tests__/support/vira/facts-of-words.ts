import {lines, ended, webOver, type Fact} from './fact.ts';
import type {StandIn} from './stand-in.ts';

const refused = (why: string): unknown => [1, '', why];

const firstWords = async ({begin}: StandIn, words: string): Promise<unknown> => {
	const {status, stdout, stderr} = await begin(words);
	return status === null ? 'serves' : [status, stdout, stderr.split('\n')[0]];
};

const commandLines: readonly Fact[] = [
	...(
		[
			['--max-concurrent-builds 0', 'serves'],
			['--max-concurrent-builds -2', 'serves'],
			['--job-retention-days -1', refused("option --job-retention-days: cannot parse value `-1'")],
			['--port 5005', refused("Invalid option `--port'")],
			['--log-level Error', 'serves'],
		] as const
	).map(([option, is]) => ({
		title: `web … ${option}`,
		see: (vira: StandIn) => firstWords(vira, webOver(option)),
		is,
	})),
	{
		title: 'a port is read as a whole number, and -1 fails after the start',
		see: async ({begin}) => {
			const {status, stderr} = await begin('--state-dir STATE web --no-https --port -1');
			return [status, stderr.replace(/\(called.*\)(?=:)/u, '(…)')];
		},
		is: [
			1,
			lines('vira: Network.Socket.getAddrInfo (…): does not exist (Servname not supported for ai_socktype)'),
		],
	},
	{
		title: 'a global option is accepted after the command',
		see: async ({run}) => (await run('info --state-dir STATE')).status,
		is: 0,
	},
];

const identity: readonly Fact[] = [
	{title: '--version', see: ({run}) => run('--version'), is: ended(0, lines('0.1.0.0'))},
	{
		title: 'info',
		see: async ({run}) =>
			(await run('info')).stdout
				.replace(/(?<=Hostname: ).+/u, '…')
				.replace(/(?<=Git revision: ).+/u, '…')
				.replace('aarch64', 'x86_64'),
		is: lines(
			'Vira version: 0.1.0.0',
			'Git revision: …',
			'Hostname: …',
			'Platform: linux/x86_64',
			'Schema version: 8',
		),
	},
];

/** What was observed about its command line, and about its own description. */
export const wordFacts: readonly Fact[] = [...commandLines, ...identity];
