import {describe, expect, test} from '@jest/globals';
import type {Rehearsal} from '../../../src/platform/rehearsal/rehearsal-linux.ts';
import {rehearse} from '../../support/rehearsal.ts';
import {refusedWith, run} from '../../support/run-command.ts';
import {put, type} from '../../support/installed.ts';
import {putRepositories} from '../../support/vira-database.ts';

/** Set up with a repository that Vira knows by now. */
const machineWith = async (url: string): Promise<Rehearsal> => {
	const machine = await rehearse();
	await run(machine, '--repository', `a=${url}`);
	await machine.sleep(5000);
	return machine;
};

test('a name that Vira runs with another URL is refused before the restart', async () => {
	const machine = await machineWith('https://x/a');
	expect(await refusedWith(machine, '--repository', 'a=https://y/a')).toEqual({
		status: 2,
		said: [
			"--repository: Vira has a repository a with another URL, https://x/a, and would refuse to start. Keep that URL, use another name, or remove it on Vira's page, stop the service (systemctl --user stop vira.service) and start vira-setup again, which then asks Vira itself.",
		],
		changed: false,
	});
	expect((await machine.events.state()).units['vira.service']).toMatchObject({active: 'active', restarts: 0});
});

test('a stopped Vira is asked itself, also for what was never in the settings', async () => {
	const machine = await machineWith('https://x/a');
	await type(machine, 'systemctl --user stop vira.service');
	await putRepositories(machine, {b: 'https://x/b'});
	expect(await refusedWith(machine, '--repository', 'b=https://y/b')).toEqual({
		status: 2,
		said: [
			"--repository: Vira has a repository b with another URL, https://x/b, and would refuse to start. Keep that URL, use another name, or remove it on Vira's page first.",
		],
		changed: false,
	});
	// Removed on the page: the name is free again.
	expect(await run(machine, '--repository', 'a=https://y/a')).toMatchObject({code: 0});
});

test('a repository that came from the page of a running Vira is met after its end, and all is put back', async () => {
	const machine = await machineWith('https://x/a');
	await putRepositories(machine, {a: 'https://x/a', b: 'https://x/b'});
	const {code, document} = await run(
		machine,
		'--repository',
		'a=https://x/a',
		'--repository',
		'b=https://y/b',
	);
	expect([code, document.outcome, document['changed']]).toEqual([2, 'failed', false]);
	expect(document['error']).toMatchObject({
		message:
			"--repository: Vira has a repository b with another URL, https://x/b, and would refuse to start. Keep that URL, use another name, or remove it on Vira's page first.",
	});
	expect((await machine.events.state()).units['vira.service']).toMatchObject({active: 'active'});
});

test('the password in the URL that Vira has is not told', async () => {
	const machine = await machineWith('https://me:s3cret@x/a');
	const {said} = await refusedWith(machine, '--repository', 'a=https://y/a');
	expect(said.join('')).toContain('https://me:••••••@x/a');
});

test.each([
	['the same URL', ['--repository', 'a=https://x/a', '--port', '8443']],
	['another name', ['--repository', 'c=https://y/c']],
	['another state folder', ['--repository', 'a=https://y/a', '--state-dir', '~/other']],
])('%s is fine', async (_, words) => {
	expect(await run(await machineWith('https://x/a'), ...words)).toMatchObject({code: 0});
});

describe.each([
	['runs', ''],
	['is stopped', 'systemctl --user stop vira.service'],
])('another state folder, where Vira %s', (_, command) => {
	/** The repository `a` is https://x/a in the state that Vira has so far, and https://y/a in ~/other. */
	const machineWithOther = async (): Promise<Rehearsal> => {
		const machine = await machineWith('https://x/a');
		if (command !== '') await type(machine, command);
		await put(machine, '/home/alice/other/schema-version', '8');
		const state = '{"repositories":{"a":"https://y/a"}}';
		await put(machine, '/home/alice/other/ViraState/checkpoint.json', state);
		return machine;
	};
	const other = ['--state-dir', '~/other'];
	const conflict = expect.stringContaining('Vira has a repository a with another URL, https://y/a,');

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

	test('is asked for them by a Vira that has to be built, once it is', async () => {
		const words = [...other, '--repository', 'a=https://x/a', '--package', 'github:juspay/vira'];
		const {code, document} = await run(await machineWithOther(), ...words);
		expect([code, document['changed'], document['error']]).toEqual([
			2,
			false,
			expect.objectContaining({message: conflict}),
		]);
	});

	test('keeps no repository of the one before', async () => {
		const {document} = await run(await machineWithOther(), ...other, '--no-repository', '--dry-run');
		expect(document['warnings']).toMatchObject([{code: 'state-moved'}]);
	});
});

test('a repository that is taken out of the settings stays in Vira, and that is told', async () => {
	const {document} = await run(await machineWith('https://x/a'), '--no-repository', '--dry-run');
	expect(document['warnings']).toMatchObject([
		{
			code: 'repository-stays',
			setting: 'initialState.repositories',
			message: 'The repository a stays in Vira: settings only add repositories.',
			mend: ["Remove it on Vira's page."],
		},
	]);
});
