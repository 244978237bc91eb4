import {describe, expect, test} from '@jest/globals';
import {ghAnswer, type GhAnswer} from '../../../src/steps/readiness/forges.ts';
import {recordedGh} from '../../support/recorded/recorded.ts';

const answer = (stdout: string, stderr = '', exitCode = 0): GhAnswer =>
	ghAnswer({exitCode, stdout, stderr, found: true, timedOut: false});

describe('gh without JSON, as Debian has it', () => {
	const expected: Readonly<Record<string, GhAnswer>> = {
		'gh-logged-out': 'logged-out',
		'gh-logged-in': 'logged-in',
		'gh-logged-in-without-user': 'logged-in',
		'gh-elsewhere-only': 'logged-out',
		'gh-also-refused-elsewhere': 'logged-in',
		'gh-refused': 'refused',
		'gh-refused-without-user': 'refused',
		'gh-damaged': 'fails',
		'gh-hidden': 'fails',
	};
	// Since 2.40 it asks for the user first.
	const ofTrixie: Readonly<Record<string, GhAnswer>> = {...expected, 'gh-refused-without-user': 'fails'};

	test.each([
		['bookworm', expected],
		['trixie', ofTrixie],
	] as const)('%s', (suite, all) => {
		const found = recordedGh(suite).map(({situation, answers: [inWords]}) => [
			situation,
			answer(inWords?.stdout ?? '', inWords?.stderr, inWords?.exitCode),
		]);
		expect(Object.fromEntries(found)).toEqual(all);
	});
});

test('gh with JSON', () => {
	const of = (state: string, host = 'github.com') =>
		answer(JSON.stringify({hosts: {[host]: [{state, active: true, host}]}}));
	expect([of('success'), of('error'), of('success', 'ghe.example.org'), answer('{"hosts":{}}')]).toEqual([
		'logged-in',
		'refused',
		'logged-out',
		'logged-out',
	]);
});
