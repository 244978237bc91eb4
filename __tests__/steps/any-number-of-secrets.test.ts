import {expect, jest, test} from '@jest/globals';
import type {Settings} from '../../src/settings/options.ts';
import {maskLooks} from '../../src/settings/secrets/mask-looks.ts';
import {masker, maskSettings} from '../../src/settings/secrets/masker.ts';
import {changesBetween} from '../../src/steps/plan/changes.ts';
import {loopLimitMs} from '../support/limits.ts';
import {settings} from '../support/situation.ts';

jest.setTimeout(loopLimitMs);

/** Each is something that one of the ways to find a secret could search repeatedly. */
const hostile = [
	...['a', '-', '\\', '"', "'", ' ', '=', ':', '@', '/', '?', '&', '.', '\n', '#', 'é'],
	...[
		'a@',
		'a:',
		'://',
		'://a:',
		'://a:b@',
		'?a=',
		'-a',
		'a-',
		'a=',
		'a:"',
		'"a"',
		'\\"',
		"'a",
		'\\n',
		'x-a: ',
	],
	...[
		'token',
		'token=',
		'token="',
		'token:',
		'"token":"',
		'--token ',
		'--token \t',
		'password=\\',
		'a-token: ',
	],
	...['eyJ', '-eyJ', '_eyJaaaaaaaa', 'ghp_', 'curl -u ', 'curl\n', 'sshpass -p', 'Cookie:', 'Authorization:'],
	...[
		'Bearer ',
		'Basic a',
		'SetCredential=',
		'"SetCredential":"',
		'-----BEGIN ',
		'PRIVATE KEY-----',
		'<string>',
	],
	...[
		'-----BEGIN PRIVATE KEY-----',
		'-----BEGIN PRIVATE KEY-----\\a',
		'--token</string>',
		'http://',
		'a_TOKEN',
	],
];

/** The CPU time of this process, in milliseconds, whatever else the machine does: the shortest of several. */
const msFor = (work: () => unknown, times: number): number =>
	Math.min(
		...Array.from({length: times}, () => {
			const began = process.cpuUsage();
			work();
			return process.cpuUsage(began).user / 1000;
		}),
	);

test.each(hostile)('1 MB of %j takes time in proportion to its length', (piece) => {
	// Quadratic work would take minutes.
	for (const before of ['', 'token="', 'Authorization: ', 'https://me:'])
		expect(msFor(() => maskLooks(before + piece.repeat(2 ** 20 / piece.length)), 1)).toBeLessThan(3000);
});

/** As many as that: tokens in URLs, and a tenth of that secret variables. */
const withSecrets = (count: number): Settings =>
	settings({
		repositories: Object.fromEntries(
			Array.from({length: count}, (_, index) => [
				`r${index}`,
				`https://me:zq1-secret-${index}@host/${index}`,
			]),
		),
		environment: Object.fromEntries(
			Array.from({length: count / 10}, (_, index) => [`A${index}_TOKEN`, `zq2-secret-${index}`]),
		),
	});

test('hiding four times as many secrets takes at most about six times as long', () => {
	const msOf = (count: number): number => {
		const all = withSecrets(count);
		const text = JSON.stringify(all);
		return msFor(() => {
			expect(masker(all)(text)).not.toContain('zq');
			expect(JSON.stringify(maskSettings(all))).not.toContain('zq');
		}, 3);
	};
	msOf(1000);
	expect(msOf(8000) / msOf(2000)).toBeLessThan(7);
});

test('so does a difference between two texts without a common line', () => {
	const lines = (count: number, word: string): string =>
		Array.from({length: count}, (_, index) => `${word} ${index}\n`).join('');
	const msOf = (count: number): number => {
		const [before, after] = [lines(count, 'old'), lines(count, 'new')];
		return msFor(() => {
			expect(changesBetween(before, after)).toHaveLength(2);
		}, 3);
	};
	msOf(1000);
	expect(msOf(8000) / msOf(2000)).toBeLessThan(7);
});
