import {expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {put} from '../../support/installed.ts';
import {run} from '../../support/run-command.ts';
import {warned} from '../../support/notices.ts';

/** A machine on which Vira runs with its state in ~/old. */
const machineWithOld = async (): Promise<Simulation> => {
	const machine = await simulate({links: {'/home/alice/link': '/home/alice/old'}});
	await run(machine, '--state-dir', '~/old');
	return machine;
};

const warningsOf = async (machine: Simulation, path: string): Promise<unknown> =>
	(await run(machine, '--dry-run', '--state-dir', path)).document['warnings'];

const stays = 'The existing repositories and jobs stay in /home/alice/old.';
const stop = 'vira-setup stop';
const take = 'To move it, run these commands, then run vira-setup again:';

test.each([
	[
		'~/new',
		'Vira would start with an empty state in /home/alice/new.',
		[take, stop, 'mv /home/alice/old /home/alice/new'],
	],
	[
		"~/a/it's new",
		"Vira would start with an empty state in /home/alice/a/it's new.",
		[take, stop, 'mkdir -p /home/alice/a', String.raw`mv /home/alice/old '/home/alice/a/it'\''s new'`],
	],
	[
		'~/there',
		'Vira would start with an empty state in /home/alice/there.',
		[take, stop, 'cp -a /home/alice/old/. /home/alice/there/'],
	],
	[
		'~/old/inside',
		'Vira would start with an empty state in /home/alice/old/inside.',
		['To move it, use a folder that is not inside /home/alice/old.'],
	],
	[
		'~/other',
		'Vira would use the other state in /home/alice/other.',
		['To use the existing state, keep the state folder /home/alice/old.'],
	],
])('from ~/old to %s', async (path, follows, fixes) => {
	const machine = await machineWithOld();
	await put(machine, '/home/alice/there/a file', '');
	await put(machine, '/home/alice/other/ViraState/checkpoint.json', '{}');
	await put(machine, '/home/alice/other/schema-version', '8');
	expect(await warningsOf(machine, path)).toEqual([
		warned({code: 'state-moved', setting: 'stateDir', message: `${stays} ${follows}`, fixes}),
	]);
});

test.each(['~/old/', '/home/alice/old', '~/link'])('%s is the same folder', async (path) => {
	expect(await warningsOf(await machineWithOld(), path)).toEqual([]);
});

test('an old folder without a state leaves nothing', async () => {
	const machine = await machineWithOld();
	await machine.deleteFolder('/home/alice/old', {withContents: true});
	expect(await warningsOf(machine, '~/new')).toEqual([]);
});

test('vira-setup itself moves nothing: the old state stays where it is', async () => {
	const machine = await machineWithOld();
	const {code, document} = await run(machine, '--state-dir', '~/new');
	expect([code, document.outcome]).toEqual([0, 'updated']);
	expect(await machine.inspect('/home/alice/old/ViraState')).toBeDefined();
});
