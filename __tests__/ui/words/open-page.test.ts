import {expect, test} from '@jest/globals';
import type {Facts} from '../../../src/platform/facts.ts';
import type {Settings} from '../../../src/settings/options.ts';
import {
	allNextSteps,
	firstBuildLines,
	needsFirstBuild,
	openFrom,
	openLines,
} from '../../../src/ui/words/open-page.ts';
import type {Preview} from '../../../src/steps/plan/preview.ts';
import {preview} from '../ink/fixture.ts';
import {debian, settings} from '../../support/situation.ts';

const local = debian();
const overSsh = debian({ssh: {address: '192.0.2.20', port: 22}});

test('on the machine itself, its URL opens the page', () => {
	expect(openLines(settings({https: false}), local)).toEqual(['Open Vira:', '  http://localhost:5005/']);
});

test.each<readonly [string, Facts, string]>([
	['an SSH connection', overSsh, 'ssh -L 5005:localhost:5005 alice@192.0.2.20'],
	[
		'one to another port',
		debian({ssh: {address: '192.0.2.20', port: 2222}}),
		'ssh -p 2222 -L 5005:localhost:5005 alice@192.0.2.20',
	],
])('over %s, the command for a tunnel comes first', (_, facts, tunnel) => {
	expect(openFrom(settings(), facts).tunnel).toBe(tunnel);
	const lines = openLines(settings(), facts);
	expect(lines.indexOf(`  ${tunnel}`)).toBeLessThan(lines.indexOf('  https://localhost:5005/'));
});

test('an IPv6 address is in brackets in the tunnel', () => {
	expect(openFrom(settings({hostname: '::1'}), overSsh).tunnel).toBe(
		"ssh -L '5005:[::1]:5005' alice@192.0.2.20",
	);
});

test.each<readonly [string, string, Facts, string | undefined]>([
	['localhost', 'localhost', local, undefined],
	['127.0.0.1', '127.0.0.1', overSsh, undefined],
	['a host name', 'ci.example.org', local, 'https://ci.example.org:5005/'],
	['every address, over SSH', '0.0.0.0', overSsh, 'https://192.0.2.20:5005/'],
	[
		'every address, IPv4 first',
		'::',
		debian({ownAddresses: ['127.0.0.1', '::1', 'fe80::1', '2001:db8::7', '169.254.3.4', '192.0.2.7']}),
		'https://192.0.2.7:5005/',
	],
	[
		'every address, IPv6 only',
		'::',
		debian({ownAddresses: ['::1', '2001:db8::7']}),
		'https://[2001:db8::7]:5005/',
	],
	['every address, without a network', '0.0.0.0', local, undefined],
])('the URL for others if Vira listens on %s', (_, hostname, facts, url) => {
	expect(openFrom(settings({hostname}), facts).otherMachines).toBe(url);
});

test.each([
	[{}, true],
	[{https: false}, false],
	[{tlsCert: '/cert.pem', tlsKey: '/key.pem'}, false],
])("with %j, the browser's warning about the certificate is explained: %s", (changes, explained) => {
	expect(openLines(settings(changes), local).some((line) => line.includes('certificate'))).toBe(explained);
});

test('the first step is the first repository, until there is one', () => {
	const urls = {a: 'https://example.org/a'};
	const first = (given: Partial<Settings>) =>
		allNextSteps({settings: settings(given), preview: {...preview, first: true}}, local)[0];
	expect(first({})?.command).toContain('--repository');
	expect(first({repositories: urls})?.say).toContain('First build');
});

const [one, two] = [
	{'my app': 'https://example.org/a'},
	{a: 'https://example.org/a', b: 'https://example.org/b'},
];

test.each<[string, Partial<Settings>, Facts, string]>([
	['of all repositories, if there is none', {}, local, 'https://localhost:5005/r'],
	['of all, if there are several', {repositories: two}, local, 'https://localhost:5005/r'],
	['of the only one', {repositories: one}, local, 'https://localhost:5005/r/my%20app'],
	['at the other end of an SSH connection', {port: 8443}, overSsh, 'https://localhost:8443/r'],
])('the first build starts on the page %s', (_, given, facts, url) => {
	expect(firstBuildLines(settings(given), facts)[1]).toBe(`  ${url}`);
});

test('the first build is told of at the first setup, and for repositories that are new', () => {
	const items = {added: ['a'], changed: [], removed: []};
	const added = {option: 'repositories', from: {}, to: one, items} as const;
	const told = (changed: Preview['changed'], first = false) => needsFirstBuild({first, changed});
	expect([told([], true), told([added])]).toEqual([true, true]);
	const removed = {...added, items: {...items, added: [], removed: ['a']}};
	expect([told([]), told([removed])]).toEqual([false, false]);
});

test('behind a proxy, the page of the first build has no URL of this machine', () => {
	const behind = settings({basePath: '/vira/', https: false});
	expect(firstBuildLines(behind, local).join('\n')).not.toContain('http');
});

test('what is built without a person depends on the setting for new branches', () => {
	const after = (autoBuildNewBranches: boolean) =>
		firstBuildLines(settings({autoBuildNewBranches}), local).at(-1);
	expect(after(false)).toContain('that branch');
	expect(after(true)).toContain('every branch');
});

test('through the tunnel the page is at localhost, whatever loopback address Vira listens on', () => {
	const lines = openLines(settings({hostname: '127.0.0.2'}), overSsh);
	expect(lines).toContain('  ssh -L 5005:127.0.0.2:5005 alice@192.0.2.20');
	expect(lines).toContain('  https://localhost:5005/');
});

test('no tunnel leads to an address that only this machine has', () => {
	const nearby = debian({ssh: {address: '127.0.0.1', port: 22}});
	expect(openFrom(settings(), nearby).tunnel).toBeUndefined();
	expect(openFrom(settings({hostname: '0.0.0.0'}), nearby).otherMachines).toBeUndefined();
});

test('0.0.0.0 has no URL with an IPv6 address, although the connection uses one', () => {
	const overIpv6 = debian({
		ssh: {address: '2001:db8::9', port: 22},
		ownAddresses: ['2001:db8::9', '192.0.2.7'],
	});
	expect(openFrom(settings({hostname: '0.0.0.0'}), overIpv6).otherMachines).toBe('https://192.0.2.7:5005/');
	expect(openFrom(settings({hostname: '::'}), overIpv6).otherMachines).toBe('https://[2001:db8::9]:5005/');
});
