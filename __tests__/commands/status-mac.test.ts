import {expect, test} from '@jest/globals';
import {
	agentPath,
	agentText,
	backgroundPath,
	label,
	typed,
	type MacSimulation,
} from '../support/simulated-mac.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {macStates, type MacState} from '../support/mac-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, told} from '../support/run-command.ts';
import {fixText} from '../../src/notice.ts';
import {startVira} from '../../src/platform/service-manager/service-words.ts';

const facts: Readonly<Record<MacState, object>> = {
	'not set up': {installed: false, running: false, url: null},
	running: {
		installed: true,
		enabled: true,
		loaded: true,
		running: true,
		healthy: true,
		pid: 1201,
		since: expect.stringMatching(/^2026-03-02T09:00:0\d\.\d{3}Z$/u),
		restarts: 0,
		memoryBytes: 47_185_920,
		serviceFile: agentPath,
		lingering: null,
		domains: ['gui'],
		desktopSession: true,
		startsAtBoot: false,
		survivesLogout: false,
		nextStart: {when: 'login'},
		diagnosis: null,
		drift: [],
	},
	crashed: {loaded: true, running: false, restarts: 1, diagnosis: {code: 'crashed'}},
	'ended well': {
		loaded: true,
		running: false,
		diagnosis: {code: 'ended', fixes: [{command: 'vira-setup start'}]},
	},
	'put off': {loaded: true, running: false, diagnosis: {code: 'crashed'}},
	ending: {state: 'deactivating', running: false, diagnosis: {code: 'ending'}},
	'not loaded': {enabled: true, loaded: false, running: false, diagnosis: {code: 'not-loaded'}},
	disabled: {
		enabled: false,
		loaded: false,
		running: false,
		nextStart: {when: 'never'},
		diagnosis: {code: 'switched-off'},
	},
	'no session': {
		installed: true,
		loaded: false,
		running: false,
		domains: [],
		desktopSession: false,
		diagnosis: {code: 'no-session'},
	},
	'running in the background': {
		running: true,
		healthy: true,
		domains: ['user'],
		serviceFile: backgroundPath,
		startsAtBoot: false,
		survivesLogout: true,
		nextStart: {when: 'never'},
	},
	'in the background, after a reboot': {
		loaded: false,
		running: false,
		survivesLogout: true,
		nextStart: {when: 'never'},
		diagnosis: {code: 'stopped'},
	},
	'a daemon': {
		running: true,
		healthy: true,
		domains: ['system'],
		survivesLogout: true,
		nextStart: {when: 'boot'},
	},
	'a silent launchd': {
		installed: true,
		loaded: null,
		running: null,
		state: 'unknown',
		desktopSession: null,
		diagnosis: {code: 'unclear'},
		drift: [],
	},
};

test.each(Object.keys(facts) as MacState[])(
	'a service that is %s: each fact has its field',
	async (state) => {
		const machine = await macStates[state]();
		const before = await pictureOf(machine);
		const [status, document] = await told(machine, 'status');
		expect(document).toMatchObject({outcome: 'status', changed: false, ...facts[state]});
		expect(status).toBe(document['healthy'] === true ? 0 : 1);
		// The exiting process is gone by now.
		if (state !== 'ending') expect(await pictureOf(machine)).toEqual(before);
	},
);

test.each<[MacState, readonly string[]]>([
	[
		'running',
		['✔ Domain          gui/501', "! Starts at boot  no: only when you log in to the Mac's desktop"],
	],
	[
		'ended well',
		[
			'✖ Vira is not running.',
			'✖ Running         no: it is stopped',
			'✖ Cause           Vira exited without an error. launchd restarts it only after an error. It starts again after your next desktop login',
			`  ${fixText(startVira)}`,
		],
	],
	['disabled', ['! Enabled         disabled: launchd does not load it at login']],
	['no session', ['! Domain          none: it belongs in gui/501, but alice has no desktop session']],
	[
		'a daemon',
		['✔ Domain          system', '! Starts at boot  no: the disk is locked until someone enters a password'],
	],
	[
		'a silent launchd',
		['✖ It is unknown whether Vira is running.', '✖ Running         unknown: launchd does not respond'],
	],
])('a service that is %s, in lines', async (state, some) => {
	expect(await lines(await macStates[state](), 'status')).toEqual(expect.arrayContaining([...some]));
});

test.each([500, 503])('Vira is running, and its page has status %i: it is not healthy', async (status) => {
	const machine: MacSimulation = {...(await macSetUp()), ask: async () => ({answered: true, status})};
	expect(await told(machine, 'status')).toMatchObject([
		1,
		{running: true, healthy: false, responding: false},
	]);
});

test('the running time is what ps says', async () => {
	const machine = await macSetUp();
	await machine.sleep((26 * 60 + 3) * 60_000);
	expect(await lines(machine, 'status')).toEqual(
		expect.arrayContaining([expect.stringMatching(/^✔ Running .*, for 1 day \(PID 1201\)$/u)]),
	);
});

test('a service that is loaded twice, and one from another file', async () => {
	const machine = await macSetUp();
	const words = [
		'/Users/alice/.nix-profile/bin/vira',
		'--state-dir',
		'/Users/alice/s',
		'web',
		'--port',
		'7000',
	];
	const second = agentText({LimitLoadToSessionType: 'Background', ProgramArguments: words});
	await machine.events.put('/Users/alice/second.plist', second);
	await typed(machine, 'launchctl bootstrap user/501 /Users/alice/second.plist');
	expect(await told(machine, 'status')).toMatchObject([
		0,
		{domains: ['gui', 'user'], diagnosis: {code: 'loaded-twice'}},
	]);
	expect(await lines(machine, 'status')).toContain('! Domain          gui/501 and user/501');
	await typed(machine, `launchctl bootout gui/501/${label}`);
	await machine.sleep(5000);
	expect(await lines(machine, 'status')).toEqual(
		expect.arrayContaining([
			'! Warning         launchd has loaded the service in the domain user, but the settings name another. It starts and stops at other times than the settings say',
		]),
	);
});
