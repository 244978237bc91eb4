import {expect, test} from '@jest/globals';
import {linuxStates, setUp, type LinuxState} from '../support/linux-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, told} from '../support/run-command.ts';

type Planned = readonly [command: string, state: LinuxState, status: number, document: object];

test.each<Planned>([
	['start', 'running', 0, {outcome: 'planned', changed: false, steps: [], plan: [], interruptsBuilds: false}],
	[
		'start',
		'stopped',
		10,
		{outcome: 'planned', changed: true, steps: expect.arrayContaining(['Start Vira']), diff: []},
	],
	['start', 'masked', 10, {outcome: 'planned', diff: [{change: 'created'}, {bookkeeping: true}]}],
	['stop', 'running', 10, {outcome: 'planned', changed: true, interruptsBuilds: true, steps: ['Stop Vira']}],
	['stop', 'stopped', 0, {outcome: 'planned', changed: false, plan: []}],
	['restart', 'running', 10, {outcome: 'planned', changed: true, interruptsBuilds: true}],
	['restart', 'stopped', 10, {outcome: 'planned', changed: true, interruptsBuilds: false}],
	['restart', 'ending again and again', 10, {outcome: 'planned', changed: true}],
	['start', 'not set up', 3, {outcome: 'failed', changed: false}],
	['restart', 'no session', 3, {outcome: 'failed', changed: false}],
])('%s --check while Vira is %s: exit %d, and nothing changes', async (command, state, status, document) => {
	const machine = await linuxStates[state]();
	const before = await pictureOf(machine);
	expect(await told(machine, `${command} --check`)).toMatchObject([status, {command, ...document}]);
	expect((await told(machine, `${command} --dry-run`))[0]).toBe(status === 10 ? 0 : status);
	expect(await pictureOf(machine)).toEqual(before);
});

test('--dry-run shows the steps, and what they interrupt', async () => {
	const machine = await setUp();
	expect(await lines(machine, 'restart --dry-run --quiet')).toEqual([
		0,
		'Nothing was changed. These changes would be made:',
		'! Vira restarts: builds that are running now are interrupted.',
		'  Make systemd read the service files',
		'  Clear earlier failures',
		'  Restart Vira',
	]);
	expect(await lines(machine, 'start --dry-run')).toEqual([0, '✔ Vira is already running (PID 1201).']);
	expect(await lines(machine, 'stop --check --quiet')).toEqual([10]);
});

test('a plan needs no lock', async () => {
	const machine = await setUp();
	const locked = {...machine, lock: async () => ({taken: false, holder: 7}) as const};
	expect(await lines(locked, 'stop --check --quiet')).toEqual([10]);
	expect((await lines(locked, 'stop'))[0]).toBe(3);
});
