import {readdirSync, readFileSync} from 'node:fs';
import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {managers} from '../../src/platform/service-manager/registry.ts';
import {lines, run, told} from '../support/run-command.ts';
import {runitKind} from '../support/runit/runit-kind.ts';
import {simulatedRunit} from '../support/runit/simulated-runit.ts';

// The third service manager is the folder support/runit, which has the line for its facts, and the line here.
beforeAll(() => {
	managers.unshift(runitKind);
});
afterAll(() => {
	managers.shift();
});

const home = '/home/alice';

test('a third service manager sets up Vira, shows it, stops and starts it, and removes it again', async () => {
	const system = await simulatedRunit();
	const before = await system.list(home);
	const done = await run(system, '--non-interactive', '--port', '5006');
	expect([done.code, done.document.outcome]).toEqual([0, 'installed']);
	expect((await run(system, '--non-interactive')).document.outcome).toBe('unchanged');
	expect(await lines(system, 'status')).toEqual([
		0,
		'✔ Vira is running and healthy.',
		'✔ Installed       ~/service/vira/run',
		'✔ Enabled         yes',
		'✔ Loaded          yes',
		'✔ Running         yes (PID 1201)',
		'✔ Healthy         https://localhost:5006/ responds with status 200',
		'  Restarts        0',
		'✔ Supervised      by runsv',
		'✔ Starts at boot  yes',
		'✔ After logout    keeps running',
	]);
	const [, status] = await told(system, 'status');
	expect(status).toMatchObject({healthy: true, lingering: null, domains: null, managedBy: null});
	expect((await run(system, 'stop')).code).toBe(0);
	expect((await lines(system, 'status'))[1]).toBe('✖ Vira is not running.');
	expect((await run(system, 'start')).code).toBe(0);
	const removed = await run(system, 'uninstall', '--non-interactive', '--purge');
	expect([removed.code, removed.document.outcome]).toEqual([0, 'removed']);
	expect(await system.list(home)).toEqual(before);
});

const sources = readdirSync('src', {recursive: true, encoding: 'utf8'}).filter((path) =>
	/\.tsx?$/u.test(path),
);

const isOfManager = (path: string): boolean => /^(?:platform\/(?:systemd|launchd)|simulator)\//u.test(path);

test.each(['systemd', 'launchd'])(
	'generic code has %s in its list and in the facts, and nowhere else',
	(name) => {
		const importing = sources
			.filter((path) => !isOfManager(path))
			.filter((path) => readFileSync(`src/${path}`, 'utf8').includes(`/${name}/`));
		expect(importing.toSorted()).toEqual(['platform/facts.ts', 'platform/service-manager/registry.ts']);
	},
);
