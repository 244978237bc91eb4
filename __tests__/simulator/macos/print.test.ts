import {expect, test} from '@jest/globals';
import {
	agentPath,
	gui,
	label,
	macWithAgent,
	macWithRunning,
	printed,
	typed,
} from '../../support/simulated-mac.ts';

const print = async (...given: Parameters<typeof macWithRunning>): Promise<string> =>
	(await typed(await macWithRunning(...given), `launchctl print ${gui}`))[1];

const told = ['active count', 'state', 'runs', 'pid', 'last exit code', 'last terminating signal'];

test('a running service', async () => {
	const keys = {EnvironmentVariables: {PATH: '/bin'}, ExitTimeOut: 20, ProcessType: 'Interactive'};
	expect(await print({}, keys)).toMatchInlineSnapshot(`
		"gui/501/org.vira.service = {
			active count = 1
			path = /Users/alice/Library/LaunchAgents/org.vira.service.plist
			type = LaunchAgent
			state = running

			program = /Users/alice/.nix-profile/bin/vira
			arguments = {
				/Users/alice/.nix-profile/bin/vira
				--state-dir
				/Users/alice/state
				web
			}

			working directory = /Users/alice

			stdout path = /Users/alice/Library/Logs/vira.log
			stderr path = /Users/alice/Library/Logs/vira.log
			inherited environment = {
				SSH_AUTH_SOCK => /private/tmp/com.apple.launchd.rehearsal/Listeners
			}

			default environment = {
				PATH => /usr/bin:/bin:/usr/sbin:/sbin
			}

			environment = {
				PATH => /bin
				OSLogRateLimit => 64
				XPC_SERVICE_NAME => org.vira.service
			}

			domain = gui/501 [100020]
			asid = 100020
			minimum runtime = 10
			exit timeout = 20
			runs = 1
			pid = 1201
			immediate reason = speculative
			forks = 0
			execs = 1
			initialized = 1
			trampolined = 1
			started suspended = 0
			proxy started suspended = 0
			checked allocations = 0 (queried = 1)
			checked allocations reason = no host
			checked allocations flags = 0x0
			last exit code = (never exited)
			semaphores = {
				successful exit => 0
				after crash => 1
			}

			resource coalition = {
				ID = 1201
				type = resource
				state = active
				active count = 1
				name = org.vira.service
			}

			jetsam coalition = {
				ID = 1202
				type = jetsam
				state = active
				active count = 1
				name = org.vira.service
			}

			spawn type = interactive (4)
			jetsam priority = 40
			jetsam memory limit (active) = (unlimited)
			jetsam memory limit (inactive) = (unlimited)
			jetsamproperties category = daemon
			jetsam thread limit = 32
			cpumon = default

			properties = keepalive | runatload | inferred program
		}"
	`);
});

test('a service in each of its states', async () => {
	const machine = await macWithRunning({}, {ExitTimeOut: 20});
	const seen = async () => printed(machine, told);
	expect(await seen()).toBe(
		'active count = 1; state = running; runs = 1; pid = 1201; last exit code = (never exited)',
	);
	await machine.events.procExit(gui, {how: 'signal', signal: 11});
	expect(await seen()).toBe(
		'active count = 0; state = spawn scheduled; runs = 1; last terminating signal = Segmentation fault: 11',
	);
	await machine.sleep(10_000);
	expect(await seen()).toBe(
		'active count = 1; state = running; runs = 2; pid = 1202; last terminating signal = Segmentation fault: 11',
	);
	await machine.events.procExit(gui, {how: 'exit', code: 0});
	expect(await seen()).toBe('active count = 0; state = not running; runs = 2; last exit code = 0');
	await typed(machine, `launchctl kickstart ${gui}`);
	await typed(machine, `launchctl bootout ${gui}`);
	expect(await seen()).toBe('active count = 1; state = SIGTERMed; runs = 3; pid = 1203; last exit code = 0');
});

test('one whose start was postponed', async () => {
	const machine = await macWithAgent();
	await machine.events.behave(label, {pendOnBootstrap: true});
	await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
	await machine.sleep(300_000);
	expect(await printed(machine, [...told, 'pended nondemand spawn'])).toBe(
		'active count = 0; state = not running; runs = 0; last exit code = (never exited); pended nondemand spawn = speculative',
	);
});
