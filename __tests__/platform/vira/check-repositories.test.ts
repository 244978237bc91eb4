import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {everySilence, silences, silent} from '../../support/fault-injection.ts';
import {attempt, progress, refusal, refusedWith, run} from '../../support/run-command.ts';
import type {Behaviour} from '../../../src/simulator/vira/vira-process.ts';
import {putRepositories} from '../../support/vira-database.ts';
import {put, type} from '../../support/installed.ts';

/** Set up with a repository that Vira already has. */
const machineWith = async (url: string): Promise<Simulation> => {
	const machine = await simulate();
	await run(machine, '--repository', `a=${url}`);
	await machine.sleep(5000);
	return machine;
};

/** From its next start on. */
const viraBehaves = async (machine: Simulation, behaviour: Behaviour): Promise<void> => {
	const {vira} = await machine.events.state();
	if (vira) await machine.events.change({vira: {...vira, behaviour}});
};

const activity = async (machine: Simulation): Promise<object | undefined> =>
	(await machine.events.state()).units['vira.service'];

const others = (name: string, url: string): string =>
	`--repository: Vira already has the repository "${name}" with another URL (${url}) and would refuse to start. Keep that URL, use another name, or first delete the repository on Vira's page.`;

describe('while Vira is running, its pages are queried, and a conflict is refused before anything stops', () => {
	test('another URL than the one that Vira has, until it is deleted on its page', async () => {
		const machine = await machineWith('https://x/a');
		expect(await refusedWith(machine, '--repository', 'a=https://y/a')).toEqual({
			status: 2,
			said: [others('a', 'https://x/a')],
			changed: false,
		});
		expect(await activity(machine)).toMatchObject({active: 'active', restarts: 0});
		await putRepositories(machine, {});
		expect(await run(machine, '--repository', 'a=https://y/a')).toMatchObject({code: 0});
	});

	test('a URL that was changed on its page, whatever setting changes', async () => {
		const machine = await machineWith('https://x/a');
		await putRepositories(machine, {a: 'https://page/?a=1&b="2"'});
		expect(await refusedWith(machine, '--port', '8443')).toEqual({
			status: 2,
			said: [others('a', 'https://page/?a=1&b="2"')],
			changed: false,
		});
		expect(await run(machine, '--port', '8443', '--repository', 'a=https://page/?a=1&b="2"')).toMatchObject({
			code: 0,
		});
	});

	test('a repository that was added on its page', async () => {
		const machine = await machineWith('https://x/a');
		await putRepositories(machine, {a: 'https://x/a', b: 'https://x/b'});
		const words = ['--repository', 'a=https://x/a', '--repository', 'b=https://y/b'];
		expect((await refusedWith(machine, ...words)).said).toEqual([others('b', 'https://x/b')]);
	});

	test('restart refuses too, and the service keeps running', async () => {
		const machine = await machineWith('https://x/a');
		await putRepositories(machine, {a: 'https://y/a'});
		expect(await refusedWith(machine, 'restart')).toEqual({
			status: 5,
			said: [others('a', 'https://y/a').replace('--repository: ', '')],
			changed: false,
		});
		expect(await activity(machine)).toMatchObject({active: 'active', restarts: 0});
	});

	test('if its pages do not respond, the last setup counts, and the advice is to stop it', async () => {
		const machine = await machineWith('https://x/a');
		await viraBehaves(machine, 'never-answers');
		await type(machine, 'systemctl --user restart vira.service');
		const {said} = await refusedWith(machine, '--repository', 'a=https://y/a');
		expect(said).toEqual([
			`--repository: Vira already has the repository "a" with another URL (https://x/a) and would refuse to start. Keep that URL, use another name, or delete the repository on Vira's page, stop Vira (vira-setup stop) and run vira-setup again, which then asks Vira directly.`,
		]);
		await putRepositories(machine, {});
		await run(machine, 'stop');
		await viraBehaves(machine, 'well');
		expect(await run(machine, '--repository', 'a=https://y/a')).toMatchObject({code: 0});
	});

	test('if its pages do not respond, it is queried between its stop and the next start, and everything is undone', async () => {
		const machine = await machineWith('https://x/a');
		await putRepositories(machine, {a: 'https://x/a', b: 'https://x/b'});
		await viraBehaves(machine, 'never-answers');
		await type(machine, 'systemctl --user restart vira.service');
		const words = ['--repository', 'a=https://x/a', '--repository', 'b=https://y/b'];
		const {code, document} = await run(machine, ...words);
		expect([code, document.outcome, document['error']]).toMatchObject([
			2,
			'failed',
			{message: others('b', 'https://x/b'), reason: 'repository-conflict'},
		]);
		expect(await activity(machine)).toMatchObject({active: 'active'});
	});
});

describe('while Vira is stopped, its state is queried', () => {
	const said = (name: string): string =>
		`--repository: Vira already has the repository "${name}" with another URL (https://x/${name}) and would refuse to start. Keep that URL, or use another name. To change the URL: remove it from the settings, delete it on Vira's page, and add it again.`;

	test('also for repositories that were never in the settings', async () => {
		const machine = await machineWith('https://x/a');
		await type(machine, 'systemctl --user stop vira.service');
		await putRepositories(machine, {b: 'https://x/b'});
		expect(await refusedWith(machine, '--repository', 'b=https://y/b')).toEqual({
			status: 2,
			said: [said('b')],
			changed: false,
		});
		// Removed on the page: the name is free again.
		expect(await run(machine, '--repository', 'a=https://y/a')).toMatchObject({code: 0});
	});

	test('and the advice then leads to the new URL', async () => {
		const machine = await machineWith('https://x/a');
		await type(machine, 'systemctl --user stop vira.service');
		expect((await refusedWith(machine, '--repository', 'a=https://y/a')).said).toEqual([said('a')]);
		expect(await run(machine, '--no-repository')).toMatchObject({code: 0});
		await putRepositories(machine, {});
		expect(await run(machine, '--repository', 'a=https://y/a')).toMatchObject({code: 0});
	});

	test('start refuses a Vira that would exit immediately', async () => {
		const machine = await machineWith('https://x/a');
		await type(machine, 'systemctl --user stop vira.service');
		await putRepositories(machine, {a: 'https://y/a'});
		expect(await refusal(machine, 'start')).toMatchObject({exit: 5, reason: 'repository-conflict'});
	});
});

describe('repositories that an import added to Vira before the run failed are reported', () => {
	const added = 'Vira imported these repositories and kept them: b.';

	test('and the run is not reported as undone', async () => {
		const machine = await machineWith('https://x/a');
		await viraBehaves(machine, 'dies-after-a-second');
		const words = ['--repository', 'a=https://x/a', '--repository', 'b=https://x/b'];
		const {code, document} = await run(machine, ...words);
		expect([code, document['changed'], document['notUndone']]).toMatchObject([
			6,
			true,
			expect.arrayContaining([expect.objectContaining({message: added})]),
		]);
	});

	test('for a Vira that did not respond before, the repositories that it may have imported are reported', async () => {
		const machine = await machineWith('https://x/a');
		await viraBehaves(machine, 'dies-after-a-second');
		let asked = 0;
		const once: Simulation = {
			...machine,
			run: async (command, options) => {
				const result = await machine.run(command, options);
				if (!command.includes('export')) return result;
				asked += 1;
				return asked === 1 ? silences['does not end in time'](result) : result;
			},
		};
		const {document} = await attempt(once, '--repository', 'a=https://x/a', '--port', '8443');
		expect(document).toMatchObject({
			outcome: 'failed',
			changed: true,
			notUndone: expect.arrayContaining([
				expect.objectContaining({
					message: 'Vira may have just imported these repositories: a.',
				}),
			]),
		});
	});

	test('nothing is reported if nothing was added', async () => {
		const machine = await machineWith('https://x/a');
		await viraBehaves(machine, 'exits-at-once');
		const words = ['--repository', 'a=https://x/a', '--repository', 'b=https://x/b'];
		const {document} = await run(machine, ...words);
		expect(JSON.stringify(document['notUndone'])).not.toContain('imported');
	});
});

test('a first start that fails leaves no Vira files in a folder that existed before', async () => {
	const machine = await simulate();
	await put(machine, '/home/alice/ci/mine.txt', 'mine');
	await viraBehaves(machine, 'dies-after-a-second');
	const {code, document} = await run(machine, '--state-dir', '~/ci', '--repository', 'a=https://x/a');
	expect([code, document['changed'], document['notUndone']]).toEqual([6, false, []]);
	expect(await machine.list('/home/alice/ci')).toEqual(['mine.txt']);
});

test('the password in the URL that Vira has is not shown', async () => {
	const machine = await machineWith('https://me:s3cret@x/a');
	const {said} = await refusedWith(machine, '--repository', 'a=https://y/a');
	expect(said.join('')).toContain('https://me:••••••@x/a');
});

test.each([
	['the same URL', ['--repository', 'a=https://x/a', '--port', '8443']],
	['another name', ['--repository', 'c=https://y/c']],
	['another state folder', ['--repository', 'a=https://y/a', '--state-dir', '~/other']],
])('%s is accepted', async (_, words) => {
	expect(await run(await machineWith('https://x/a'), ...words)).toMatchObject({code: 0});
});

describe.each([
	['runs', ''],
	['is stopped', 'systemctl --user stop vira.service'],
])('another state folder, where Vira %s', (_, command) => {
	/** The repository `a` is https://x/a in the present state of Vira, and https://y/a in ~/other. */
	const machineWithOther = async (): Promise<Simulation> => {
		const machine = await machineWith('https://x/a');
		if (command !== '') await type(machine, command);
		await put(machine, '/home/alice/other/schema-version', '8');
		const state = '{"repositories":{"a":"https://y/a"}}\n';
		await put(machine, '/home/alice/other/ViraState/checkpoint.json', state);
		await put(machine, '/home/alice/other/ViraState/open.lock', '');
		return machine;
	};
	const other = ['--state-dir', '~/other'];
	const conflict = expect.stringContaining(
		'Vira already has the repository "a" with another URL (https://y/a)',
	);

	test('may have a repository of the same name with another URL', async () => {
		const words = [...other, '--repository', 'a=https://y/a'];
		expect(await run(await machineWithOther(), ...words)).toMatchObject({code: 0});
	});

	test('is asked for its own repositories before anything changes', async () => {
		const words = [...other, '--repository', 'a=https://x/a'];
		expect(await refusedWith(await machineWithOther(), ...words)).toEqual({
			status: 2,
			said: [conflict],
			changed: false,
		});
	});

	test('is asked for them after its build, if it has to be built', async () => {
		const words = [...other, '--repository', 'a=https://x/a', '--package', 'github:juspay/vira'];
		const {code, document} = await run(await machineWithOther(), ...words);
		expect([code, document['changed'], document['error']]).toEqual([
			2,
			false,
			expect.objectContaining({message: conflict}),
		]);
	});

	test('does not take over a repository of the previous one', async () => {
		const {document} = await run(await machineWithOther(), ...other, '--no-repository', '--dry-run');
		expect(document['warnings']).toMatchObject([{code: 'state-moved'}]);
	});
});

const notAsked =
	'Could not list the repositories in Vira. If Vira has one of yours with another URL, it refuses to start.';

test.each(everySilence)('"vira export" %s: the report says that no conflict was checked', async (how) => {
	const machine = await machineWith('https://x/a');
	const silently = silent(machine, /vira .*export/u, how);
	const words = ['--repository', 'a=https://x/a', '--port', '8443'] as const;
	// While it runs, it is queried between its stop and the next start: a line of progress says so.
	expect(await progress(silently, ['--non-interactive', ...words])).toContain(`! ${notAsked}`);
	await type(machine, 'systemctl --user stop vira.service');
	const {code, document} = await attempt(silently, ...words, '--port', '8444');
	expect([code, document['warnings']]).toMatchObject([
		0,
		[{code: 'repositories-not-asked', setting: 'initialState.repositories', message: notAsked}],
	]);
	// If it responds, nothing is reported.
	expect((await attempt(machine, ...words)).document['warnings']).toEqual([]);
});

test('a repository that is removed from the settings stays in Vira, and the report says so', async () => {
	const {document} = await run(await machineWith('https://x/a'), '--no-repository', '--dry-run');
	expect(document['warnings']).toMatchObject([
		{
			code: 'repository-stays',
			setting: 'initialState.repositories',
			message: 'The repository "a" stays in Vira: settings only add repositories.',
			fixes: [{say: "Delete it on Vira's page."}],
		},
	]);
});

test('one that was also deleted on its page is not reported', async () => {
	const machine = await machineWith('https://x/a');
	await putRepositories(machine, {});
	expect((await run(machine, '--no-repository', '--dry-run')).document['warnings']).toEqual([]);
});
