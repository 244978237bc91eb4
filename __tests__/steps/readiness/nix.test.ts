import {readFileSync} from 'node:fs';
import {describe, expect, test} from '@jest/globals';
import type {RunResult} from '../../../src/platform/system.ts';
import {defaultSettings} from '../../../src/settings/options.ts';
import {detect} from '../../../src/steps/detect.ts';
import {checkNix} from '../../../src/steps/readiness/nix.ts';
import {simulate} from '../../support/simulated-linux.ts';

interface Recorded {
	readonly exitCode?: number;
	readonly stdout: string;
	readonly stderr: string;
}

interface RecordedSituation {
	readonly situation: string;
	readonly answers: readonly {
		readonly command: readonly string[];
		/** Without, and with the option that enables experimental features. */
		readonly configured: Recorded;
		readonly enabled?: Recorded;
	}[];
}

const recordedOn = (debian: string): readonly RecordedSituation[] => {
	const path = new URL(`../../support/recorded/${debian}/nix.json`, import.meta.url);
	return (JSON.parse(readFileSync(path, 'utf8')) as {situations: readonly RecordedSituation[]}).situations;
};

const enabling = ['--extra-experimental-features', 'nix-command'];

/** Nix 2.8 prints features as numbers. */
const featureNames: Readonly<Record<string, string>> = {2: 'flakes', 3: 'nix-command'};

/** The same as text, which was not recorded: `name = value` on each line. */
const asText = (said: Recorded): Recorded => {
	if (said.exitCode !== 0) return said;
	const config = JSON.parse(said.stdout) as Record<string, {value: unknown}>;
	const lines = Object.entries(config).map(([name, {value}]) => {
		const words = [value].flat().map((one) => featureNames[String(one)] ?? String(one));
		return `${name} = ${words.join(' ')}`;
	});
	return {...said, stdout: lines.join('\n')};
};

/** What the recorded Nix answers to a command. */
const answerTo = ({answers}: RecordedSituation, words: readonly string[]): RunResult => {
	const asked = `nix ${words.filter((word) => !enabling.includes(word)).join(' ')}`;
	const isConfig = asked.includes('config');
	const found = answers.find(({command}) => command.join(' ') === asked + (isConfig ? ' --json' : ''));
	if (!found) throw new Error(`${asked} was not recorded.`);
	const said = (words.includes('nix-command') ? found.enabled : undefined) ?? found.configured;
	return {
		...(isConfig ? asText(said) : said),
		timedOut: said.exitCode === undefined,
		found: true,
		exitCode: said.exitCode,
	};
};

const ready = ['ok nix-ready'];
const untrusted = [...ready, 'note nix-untrusted'];
const stopped = ['error nix-daemon-stopped'];
const refused = ['error nix-refused'];
const unusable = ['error nix-store-unusable'];

const expected: Readonly<Record<string, readonly string[]>> = {
	'nix-fresh': refused,
	'nix-ready': untrusted,
	'nix-trusted': ready,
	'nix-flakes-off': [...ready, 'error nix-flakes-off'],
	'nix-command-without-flakes': [...ready, 'error nix-flakes-off'],
	'nix-daemon-stopped': stopped,
	'nix-daemon-socket-left': stopped,
	'nix-socket-refused': refused,
	'nix-not-in-group': refused,
	'nix-user-not-allowed': refused,
	'nix-single-user': ready,
	'nix-single-user-told-to-use-a-daemon': stopped,
	'nix-single-user-of-someone-else': unusable,
	'nix-single-user-read-only': unusable,
	'nix-configuration-damaged': ['error nix-config-damaged'],
};

/** What is found out about trust depends on the version. */
const withoutTrust = (codes: readonly string[] = []): readonly string[] =>
	codes.filter((code) => !code.endsWith('untrusted'));

/** `version`: that of this Nix, if it is known before it is asked. `asked` gets each command. */
const check = async (
	recorded: RecordedSituation,
	{version, asked = []}: {readonly version?: string; readonly asked?: string[]} = {},
): Promise<readonly string[]> => {
	const machine = await simulate();
	const facts = await detect(machine);
	const nix = facts.nix && version !== undefined ? {...facts.nix, version} : facts.nix;
	const checks = await checkNix({
		system: machine,
		facts: {...facts, nix},
		settings: defaultSettings({vira: '/vira', nix: true}),
		service: {
			variables: {PATH: '/home/alice/.nix-profile/bin'},
			run: async ([, ...words]) => {
				asked.push(words.filter((word) => !enabling.includes(word)).join(' '));
				return answerTo(recorded, words);
			},
		},
		signal: new AbortController().signal,
	});
	return checks.map(({level, code}) => `${level} ${code}`);
};

const isPlayed = ({situation}: RecordedSituation): boolean => situation !== 'nix-missing';

describe.each(['bookworm', 'trixie'])('what the Nix of Debian %s says is understood', (debian) => {
	const situations = recordedOn(debian).filter(isPlayed);

	test.each(situations.map((one) => [one.situation, one] as const))('%s', async (name, recorded) => {
		expect(withoutTrust(await check(recorded))).toEqual(withoutTrust(expected[name]));
	});

	test.each(['nix-ready', 'nix-trusted'])('trust: %s', async (name) => {
		const recorded = situations.find(({situation}) => situation === name);
		expect(recorded && (await check(recorded))).toEqual(expected[name]);
	});
});

test('the Nix of Debian 11 is too old', async () => {
	const [recorded] = recordedOn('bullseye');
	expect(recorded && (await check(recorded))).toEqual(['error nix-too-old']);
});

test('an older Nix is asked in its own words at once', async () => {
	const recorded = recordedOn('bookworm').find(({situation}) => situation === 'nix-ready');
	const asked: string[] = [];
	expect(recorded && (await check(recorded, {version: '2.8.0', asked}))).toEqual(expected['nix-ready']);
	expect(asked.toSorted()).toEqual(['show-config', 'store ping']);
});
