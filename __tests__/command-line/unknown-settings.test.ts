import {describe, expect, test} from '@jest/globals';
import type {Platform} from '../../src/platform/facts.ts';
import {parseRequest} from '../../src/command-line/request.ts';
import {alice} from '../../src/simulator/macos/fresh-mac.ts';

const refusedBy = async (text: string, environment: Readonly<Record<string, string>> = {}) =>
	(await parseRequest(['--config', 'ci.json', '--json'], {environment, read: async () => text})).problems;

test.each([
	['{"prot": 5005}', 'prot', 'port'],
	['{"stateFolder": "/x"}', 'stateFolder', undefined],
	['{"state-dir": "/x"}', 'state-dir', 'stateDir'],
	['{"STATE_DIR": "/x"}', 'STATE_DIR', 'stateDir'],
	['{"no-https": true}', 'no-https', 'https'],
	['{"repository": {"a": "/a"}}', 'repository', 'initialState.repositories'],
	['{"repositories": {"a": "/a"}}', 'repositories', 'initialState.repositories'],
	['{"environment": {"A": "1"}}', 'environment', 'systemd.environment'],
	['{"enviroment": {"A": "1"}}', 'enviroment', 'systemd.environment'],
	['{"systemd": {"enviroment": {"A": "1"}}}', 'systemd.enviroment', 'systemd.environment'],
	['{"systemd": {"repositories": {"a": "/a"}}}', 'systemd.repositories', 'initialState.repositories'],
	['{"initialState": {"repositries": {"a": "/a"}}}', 'initialState.repositries', 'initialState.repositories'],
	['{"systmed": {"environment": {"A": "1"}}}', 'systmed', 'systemd'],
	['{"frobnicate": 1}', 'frobnicate', undefined],
	['{"frobnicate": {}}', 'frobnicate', undefined],
	['{"systmed": {}}', 'systmed', 'systemd'],
	['{"systemd": {"socket": []}}', 'systemd.socket', undefined],
])('in the file %s, %s is refused with the name that was meant: %s', async (text, place, meant) => {
	const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
	expect(await refusedBy(text)).toEqual([
		{
			option: undefined,
			setting: place,
			place: `--config ci.json: ${place}`,
			message: `Unknown setting.${hint}`,
		},
	]);
});

test.each([
	['VIRA_SETUP_PROT', 'VIRA_SETUP_PORT'],
	['VIRA_SETUP_STATEDIR', 'VIRA_SETUP_STATE_DIR'],
	['VIRA_SETUP_REPOSITORIES', 'VIRA_SETUP_REPOSITORY'],
	['VIRA_SETUP_NO_HTTPS', 'VIRA_SETUP_HTTPS'],
	['VIRA_SETUP_HOST', 'VIRA_SETUP_HOSTNAME'],
])('the variable %s is refused: %s was meant', async (name, meant) => {
	expect(await refusedBy('{}', {[name]: '1'})).toEqual([
		{option: undefined, place: name, message: `Unknown setting. Did you mean ${meant}?`},
	]);
});

test('a variable named after an option that is no setting is refused with that option', async () => {
	expect(await refusedBy('{}', {VIRA_SETUP_DRY_RUN: '1'})).toEqual([
		{
			option: undefined,
			place: 'VIRA_SETUP_DRY_RUN',
			message: 'Only settings have a variable. Use --dry-run.',
		},
	]);
});

test.each(['VIRA_SETUP_VERSION', 'VIRA_SETUP_SEED', 'VIRA_SETUP_', 'VIRA_PROT', 'PROT'])(
	'the variable %s, which resembles none of ours, is ignored',
	async (name) => {
		expect(await refusedBy('{}', {[name]: '1'})).toEqual([]);
	},
);

test('a command without settings reads no variables', async () => {
	const request = await parseRequest(['status'], {
		environment: {VIRA_SETUP_PROT: '1'},
		read: async () => undefined,
	});
	expect(request.problems).toEqual([]);
});

const givenOn = async (platform: Platform, words: string, text = '{}', environment = {}) => {
	const {problems} = await parseRequest(words.split(' '), {
		environment,
		read: async () => text,
		unitOwner: async () => ({...alice, platform}),
	});
	return problems.map(({option, place}) => [option, place]);
};

describe('a setting that only the other platform has is refused', () => {
	test.each([
		['macos', '--yes --no-linger', 'linger', '--no-linger'],
		['macos', '--yes --linger', 'linger', '--linger'],
		['linux', '--yes --domain gui', 'domain', '--domain'],
	] as const)('on %s: %s', async (platform, words, option, place) => {
		expect(await givenOn(platform, words)).toEqual([[option, place]]);
	});

	test('in a variable', async () => {
		const problems = await givenOn('macos', '--yes', '{}', {VIRA_SETUP_LINGER: 'no'});
		expect(problems).toEqual([['linger', 'VIRA_SETUP_LINGER']]);
	});

	test('in a file, unless it is the default, which an exported file has', async () => {
		const file = '{"linger": false, "domain": "user"}';
		expect(await givenOn('macos', '--yes --config f', file)).toEqual([['linger', '--config f: linger']]);
		expect(await givenOn('linux', '--yes --config f', file)).toEqual([['domain', '--config f: domain']]);
		expect(await givenOn('macos', '--yes --config f', '{"linger": true}')).toEqual([]);
	});

	test('but not by an export, which may be for another machine', async () => {
		expect(await givenOn('macos', 'export --no-linger')).toEqual([]);
	});
});
