import {describe, expect, test} from '@jest/globals';
import {
	agentPath,
	daemonPath,
	gui,
	label,
	logPath,
	serviceAt,
	typed,
	type MacSimulation,
} from '../support/simulated-mac.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {macStates} from '../support/mac-states.ts';
import {lines, told} from '../support/run-command.ts';
import {pictureOf} from '../support/picture-of.ts';
import type {Document} from '../support/valid-document.ts';
import {isFixable} from '../support/notices.ts';
import type {NoticeDocument} from '../../src/ui/scripted/json-text.ts';

const settingsPath = '/Users/alice/.config/vira-setup/settings.json';

interface Check {
	readonly level: string;
	readonly code: string;
	readonly fixes: NoticeDocument['fixes'];
}

/** All problems, by their code, except that nothing starts at boot on a Mac with a locked disk. */
const found = (document: Document): readonly string[] =>
	(document['checks'] as readonly Check[])
		.filter(({level, code}) => level !== 'ok' && code !== 'starts-at-boot')
		.map(({level, code, fixes}) => `${level} ${code}${isFixable({fixes}) ? ', fixable' : ''}`);

const setUpAnd = async (change: (machine: MacSimulation) => Promise<unknown>): Promise<MacSimulation> => {
	const machine = await macSetUp();
	await change(machine);
	return machine;
};

const rewrite = async (
	machine: MacSimulation,
	mode: number,
	change: (text: string) => string,
): Promise<void> => machine.writeFile(agentPath, change((await machine.readFile(agentPath)) ?? ''), mode);

/** What happened to the Mac, what is found, and what remains after --fix. */
const findings: readonly (readonly [
	what: string,
	machine: () => Promise<MacSimulation>,
	found: readonly string[],
	left: readonly string[],
])[] = [
	['nothing', macStates.running, [], []],
	['it is not set up', macStates['not set up'], ['error not-set-up'], ['error not-set-up']],
	[
		'its page answers with a server error',
		async () => ({...(await macSetUp()), ask: async () => ({answered: true, status: 503})}),
		['error page'],
		['error page'],
	],
	['launchd no longer has it', macStates['not loaded'], ['error not-loaded, fixable'], []],
	['it was disabled by a command', macStates.disabled, ['error switched-off, fixable'], []],
	['it ended without an error', macStates['ended well'], ['error ended, fixable'], []],
	['it was told to end, and has not yet', macStates.ending, ['error ending, fixable'], []],
	['it crashed and goes on crashing', macStates.crashed, ['error crashed, fixable'], ['error crash-loop']],
	['no desktop session', macStates['no session'], ['error no-session'], ['error no-session']],
	[
		'it ran in the background until a reboot',
		macStates['in the background, after a reboot'],
		['error stopped, fixable', 'warning until-reboot', 'warning no-keychain'],
		['warning until-reboot', 'warning no-keychain'],
	],
	[
		'it is a daemon, and the disk is locked at boot',
		macStates['a daemon'],
		['warning locked-at-boot', 'warning no-keychain'],
		['warning locked-at-boot', 'warning no-keychain'],
	],
	[
		'launchd does not respond',
		macStates['a silent launchd'],
		['error launchd-unclear', 'error unclear'],
		['error launchd-unclear', 'error unclear'],
	],
	[
		'its agent was deleted',
		() => setUpAnd((machine) => machine.deleteFile(agentPath)),
		['warning file-gone, fixable', 'error file-missing, fixable'],
		[],
	],
	[
		'its agent was changed by hand',
		() => setUpAnd((machine) => rewrite(machine, 0o644, (text) => text.replace('5005', '5006'))),
		['warning changed-by-hand'],
		['warning changed-by-hand'],
	],
	[
		'others can write its agent, and launchd refuses that',
		() =>
			setUpAnd(async (machine) => {
				await rewrite(machine, 0o666, (text) => text);
				await typed(machine, `launchctl bootout ${gui}`);
				await machine.sleep(5000);
			}),
		['error file-not-trusted, fixable', 'warning other-mode, fixable'],
		[],
	],
	[
		'its log has grown past 100 MiB',
		() => setUpAnd((machine) => machine.writeFile(logPath, 'x'.repeat(101 * 2 ** 20), 0o644)),
		['warning log-large'],
		['warning log-large'],
	],
	[
		'Vira no longer exists in the store',
		() =>
			setUpAnd(async (machine) => {
				await machine.events.change({links: {}});
				await typed(machine, `launchctl kickstart -k ${gui}`);
				await machine.sleep(30_000);
			}),
		['warning no-vira', 'error program-unusable', 'error vira-gone'],
		['warning no-vira', 'error program-unusable', 'error vira-gone'],
	],
	[
		'the Nix store is not mounted',
		() =>
			setUpAnd(async (machine) => {
				await machine.events.boot({nixMountsAfterMs: 600_000});
				await machine.events.guiLogin();
			}),
		['warning no-vira', 'warning waits-for-store', 'error page', 'error vira-gone', 'error vira-gone'],
		['warning no-vira', 'warning waits-for-store', 'error page', 'error vira-gone', 'error vira-gone'],
	],
];

describe('on a Mac, doctor finds each problem, and --fix applies the safe fixes', () => {
	test.each(findings)('%s', async (_, provoke, wanted, left) => {
		const machine = await provoke();
		const [status, document] = await told(machine, 'doctor');
		expect([found(document), status]).toEqual([
			wanted,
			wanted.some((one) => one.startsWith('error')) ? 1 : 0,
		]);
		const [, fixed] = await told(machine, 'doctor --fix');
		expect(found(fixed)).toEqual(left);
	});
});

test('a service turned off in System Settings is left to the user, and nothing remains changed', async () => {
	const machine = await setUpAnd((mac) => mac.events.toggleLoginItem(label, 'off'));
	const [status, document] = await told(machine, 'doctor --fix');
	expect([status, document]).toMatchObject([
		5,
		{
			outcome: 'failed',
			error: {
				fixes: [
					{say: expect.stringContaining('Login Items')},
					{command: expect.stringMatching(/^log show /u)},
				],
			},
		},
	]);
});

/** Vira is running and healthy; with the settings that were edited since, its page would respond with an error. */
const healthyUntilFixed = async (domain: 'gui' | 'system'): Promise<MacSimulation> => {
	const machine = await macSetUp({mac: {sudo: 'free'}}, '--domain', domain);
	const text = (await machine.readFile(settingsPath)) ?? '';
	await machine.writeFile(settingsPath, text.replace('"Info"', '"Debug"'), 0o600);
	const ask: MacSimulation['ask'] = async (...asked) =>
		(await machine.readFile(domain === 'gui' ? agentPath : daemonPath))?.includes('Debug')
			? {answered: true, status: 503}
			: machine.ask(...asked);
	return {...machine, ask};
};

test.each(['gui', 'system'] as const)(
	'a healthy Vira in the domain %s that a fix would break is restored, and stays healthy',
	async (domain) => {
		const machine = await healthyUntilFixed(domain);
		const before = await pictureOf(machine);
		const [, first] = await told(machine, 'doctor');
		expect(first['healthy']).toBe(true);
		expect(found(first)).toContain('warning not-applied, fixable');
		const [status, document] = await told(machine, 'doctor --fix --wait 5');
		expect([status, document]).toMatchObject([0, {changed: false, healthy: true}]);
		expect(await pictureOf(machine)).toEqual(before);
	},
);

/** The Mac, on which the run is cancelled as soon as the page is requested. */
const cancelledWhileWatching = (machine: MacSimulation) => {
	const ending = new AbortController();
	const ask: MacSimulation['ask'] = (...asked) => {
		ending.abort();
		return machine.ask(...asked);
	};
	return {system: {...machine, ask}, signal: ending.signal};
};

test('a fix that is cancelled while it waits for the page is undone, and says so', async () => {
	const machine = await macStates['not loaded']();
	const before = await pictureOf(machine);
	const {system, signal} = cancelledWhileWatching(machine);
	const [status, document] = await told(system, 'doctor --fix', {signal});
	expect([status, document]).toMatchObject([130, {outcome: 'cancelled', changed: false}]);
	expect(await pictureOf(machine)).toEqual(before);
});

test.each(['doctor --fix', 'start'])(
	'%s, cancelled after it started an agent that was already loaded, reports the change',
	async (verb) => {
		const machine = await macStates['ended well']();
		const {system, signal} = cancelledWhileWatching(machine);
		expect(await told(system, verb, {signal})).toMatchObject([130, {outcome: 'cancelled', changed: true}]);
		expect(await serviceAt(machine)).toMatchObject({state: 'running'});
	},
);

test('in a home folder with a space in its name, a command to copy contains the whole path', async () => {
	const home = '/Users/al ice';
	const machine = await macSetUp({user: {name: 'alice', uid: 501, home, sudoFrom: undefined}});
	await machine.writeFile(`${home}/Library/Logs/vira.log`, 'x'.repeat(101 * 2 ** 20), 0o644);
	expect(await lines(machine, 'doctor')).toContain(
		"    cp /dev/null '/Users/al ice/Library/Logs/vira.log'   empties it; Vira keeps writing to it",
	);
});

test('a daemon behind FileVault starts as soon as someone enters the password, and doctor says so', async () => {
	const printed = (await lines(await macStates['a daemon'](), 'doctor')).join('\n');
	expect(printed).toMatch(/^! Vira does not start at boot\. .* enters the FileVault password\.$/mu);
});
