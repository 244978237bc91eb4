import {expect, test} from '@jest/globals';
import type {System} from '../../src/platform/system.ts';
import {put} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {pictureOf, type Pictured} from '../support/picture-of.ts';
import {lines, refusal} from '../support/run-command.ts';

const user = '/user.slice/user-1000.slice/user@1000.service/app.slice';

const onLinux = (group: string) => async (): Promise<Pictured> => {
	const machine = await setUp();
	await put(machine, '/proc/self/cgroup', group);
	return machine;
};

const onMac = (XPC_SERVICE_NAME: string) => async (): Promise<Pictured> => {
	const machine = await macSetUp();
	return Object.defineProperty(Object.create(machine) as typeof machine, 'environment', {
		value: {...machine.environment, XPC_SERVICE_NAME},
	});
};

const said = /^This vira-setup was started by Vira itself, .* Nothing was done\.$/u;

/** The exit statuses of the commands that change something, and whether anything changed. */
const tried = async (machine: System & Pictured) => {
	const before = await pictureOf(machine);
	const verbs = ['stop', 'restart', 'start'] as const;
	const statuses = [];
	for (const verb of verbs) statuses.push((await lines(machine, verb))[0]);
	const runs = [await refusal(machine, '--port', '8443'), await refusal(machine, 'uninstall')];
	return {statuses, runs, changed: JSON.stringify(await pictureOf(machine)) !== JSON.stringify(before)};
};

test.each([
	['systemd', onLinux(`0::${user}/vira.service\n`)],
	['systemd, with legacy control groups', onLinux(`2:cpu:/\n1:name=systemd:${user}/vira.service/a\n0::/\n`)],
	['launchd', onMac('org.vira.service')],
])('commands started by a Vira of %s cannot change that Vira', async (_, machine) => {
	const failure = expect.objectContaining({exit: 3, message: expect.stringMatching(said)});
	expect(await tried(await machine())).toEqual({
		statuses: [3, 3, 3],
		runs: [failure, failure],
		changed: false,
	});
});

test.each([
	['a shell', onLinux('0::/user.slice/user-1000.slice/session-2.scope\n')],
	['a service with a like name', onLinux(`0::${user}/not-vira.service\n`)],
	['a terminal of a Mac', onMac('0')],
])('from %s it is allowed', async (_, machine) => {
	expect((await lines(await machine(), 'stop'))[0]).toBe(0);
});
