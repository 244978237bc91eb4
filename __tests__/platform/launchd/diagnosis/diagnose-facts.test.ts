import {expect, test} from '@jest/globals';
import {macAdvice} from '../../../../src/platform/launchd/advice.ts';
import {diagnose} from '../../../../src/platform/launchd/diagnosis/diagnose.ts';
import type {Diagnosis} from '../../../../src/platform/launchd/diagnosis/diagnosis.ts';
import {agentPath, backgroundPath, daemonPath} from '../../../support/simulated-mac.ts';
import {agents, idle, loaded, mac} from '../../../support/mac.ts';
import {startVira} from '../../../../src/platform/service-manager/service-words.ts';

const ours = {path: agentPath, mode: 0o644, owner: 501};
const daemon = {path: daemonPath, mode: 0o644, owner: 0};
const unknown = {known: 'unknown'} as const;
const crashing = {state: 'spawn scheduled', lastExit: 'Killed: 9'};

type Seen = Parameters<typeof mac>[0] & {wanted?: Parameters<typeof diagnose>[1]};

test.each<readonly [string, Seen, Diagnosis['code'] | undefined]>([
	['nothing is set up', {}, undefined],
	['it runs', {mac: {agents: agents({gui: loaded()}), files: {gui: ours}}}, undefined],
	[
		'it is starting',
		{mac: {agents: agents({gui: idle({state: 'spawning', runs: 1})}), files: {gui: ours}}},
		undefined,
	],
	[
		'it runs, after some errors',
		{mac: {agents: agents({gui: loaded({runs: 9, lastExit: 1})}), files: {gui: ours}}},
		undefined,
	],
	[
		'it is loaded, and has not run',
		{mac: {agents: agents({gui: idle({runs: 0})}), files: {gui: ours}}},
		'put-off',
	],
	[
		'it exited once',
		{mac: {agents: agents({gui: idle({...crashing, runs: 2})}), files: {gui: ours}}},
		'crashed',
	],
	[
		'it exited often',
		{mac: {agents: agents({gui: idle({...crashing, runs: 3})}), files: {gui: ours}}},
		'crash-loop',
	],
	[
		'macOS killed it because of its signature',
		{
			mac: {
				agents: agents({gui: idle({...crashing, runs: 9, exitReason: 'OS_REASON_CODESIGNING'})}),
				files: {gui: ours},
			},
		},
		'program-replaced',
	],
	[
		'it exited often, and launchd gave up',
		{mac: {agents: agents({gui: idle({lastExit: 1, runs: 3})}), files: {gui: ours}}},
		'crashed',
	],
	['launchd does not respond', {mac: {agents: agents({gui: unknown}), files: {gui: ours}}}, 'unclear'],
	[
		'launchd does not respond for a domain that does not matter',
		{mac: {agents: agents({gui: loaded(), user: unknown}), files: {gui: ours}}},
		undefined,
	],
	[
		'it is disabled, and no one is logged in at the screen',
		{mac: {disabled: true, screen: {session: 'absent'}, files: {gui: ours}}},
		'switched-off',
	],
	['its file belongs to another account', {mac: {files: {gui: {...ours, owner: 502}}}}, 'file-not-trusted'],
	[
		'a daemon runs',
		{mac: {agents: agents({system: loaded({path: daemonPath})}), files: {system: daemon}}},
		undefined,
	],
	['a daemon is not loaded', {mac: {files: {system: daemon}, disabled: true}}, 'stopped'],
	[
		'a daemon belongs to root, as it has to',
		{mac: {files: {system: {...daemon, owner: 501}}}},
		'file-not-trusted',
	],
	[
		'the settings want it where it is',
		{wanted: 'gui', mac: {agents: agents({gui: loaded()}), files: {gui: ours}}},
		undefined,
	],
	[
		'the settings want it in another domain',
		{wanted: 'user', mac: {agents: agents({gui: loaded()}), files: {gui: ours}}},
		'other-domain',
	],
	['the settings want it, and its file does not exist', {wanted: 'user'}, 'file-gone'],
])('%s', (_, {wanted, ...seen}, code) => {
	expect(diagnose(mac(seen), wanted)?.code).toBe(code);
});

test.each<readonly [string, Seen, string]>([
	[
		'gui',
		{mac: {agents: agents({gui: idle({lastExit: 0})}), files: {gui: ours}}},
		'It starts again after your next desktop login.',
	],
	[
		'user',
		{
			mac: {
				agents: agents({user: idle({lastExit: 0, path: backgroundPath})}),
				files: {user: {...ours, path: backgroundPath}},
			},
		},
		'It does not start again automatically.',
	],
	[
		'system',
		{mac: {agents: agents({system: idle({lastExit: 0, path: daemonPath})}), files: {system: daemon}}},
		'It starts again after a reboot.',
	],
])('in the domain %s, the report says what launchd does after a clean exit', (_, seen, detail) => {
	expect(diagnose(mac(seen))).toMatchObject({
		code: 'ended',
		detail: expect.stringContaining(detail),
	});
});

test.each(['program', 'folder', 'log'] as const)(
	'a %s on a volume that is not mounted returns after the user connects the volume',
	(what) => {
		const obstacles = [{what, path: '/Volumes/Work/x', why: 'missing', volume: 'Work'}] as const;
		const seen = {agents: agents({gui: idle({lastExit: 78})}), files: {gui: ours}, obstacles};
		expect(diagnose(mac({mac: seen}))).toMatchObject({
			fixes: [{say: 'Connect the volume Work, then run:', command: 'vira-setup start'}],
			fixedBy: 'person',
		});
	},
);

const onFirstScreen = (seen: Seen) => macAdvice(mac(seen)).filter(({level}) => level === 'warning');

test('the first screen says why it does not run, and that continuing fixes it', () => {
	expect(onFirstScreen({mac: {agents: agents({gui: idle({lastExit: 0})}), files: {gui: ours}}})).toEqual([
		{
			level: 'warning',
			code: 'ended',
			message: 'Vira exited without an error.',
			detail:
				'launchd restarts it only after an error. It starts again after your next desktop login. Continue, and vira-setup fixes it.',
			fixes: [startVira],
			fixedBy: 'us',
			stops: true,
		},
	]);
});

test('the first screen does not promise what the user has to do', () => {
	const [told] = onFirstScreen({
		mac: {agents: agents({gui: idle(crashing)}), files: {gui: ours}, obstacles: []},
	});
	const [loop] = onFirstScreen({
		mac: {agents: agents({gui: idle({...crashing, runs: 5})}), files: {gui: ours}},
	});
	expect([told?.code, loop?.code]).toEqual(['crashed', 'crash-loop']);
	const promises = [told, loop].map(
		(one) => one?.level === 'warning' && one.detail?.includes('vira-setup fixes it'),
	);
	expect(promises).toEqual([true, false]);
});

test('a Nix store that is not mounted is reported once', () => {
	const seen = {nixMounted: false, agents: agents({gui: loaded()}), files: {gui: ours}};
	expect(onFirstScreen({mac: seen}).map(({code}) => code)).toEqual(['waits-for-store']);
});

test('if nothing is set up, or it runs, nothing is reported', () => {
	expect(onFirstScreen({})).toEqual([]);
	expect(onFirstScreen({mac: {agents: agents({gui: loaded()}), files: {gui: ours}}})).toEqual([]);
});
