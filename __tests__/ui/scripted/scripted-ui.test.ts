import {expect, test} from '@jest/globals';
import type {Action, Progress} from '../../../src/platform/actions/action.ts';
import {scriptedUi, type ScriptedOptions} from '../../../src/ui/scripted/scripted-ui.ts';
import type {Ui} from '../../../src/ui/ui.ts';
import {proposeRemoval, removalQuestion} from '../../support/removal-question.ts';
import {facts, hideSecret, proposal, question, tellingSecrets, verdict} from '../ink/fixture.ts';

const printed = async (
	kind: Pick<ScriptedOptions, 'json' | 'simulation'> & Partial<ScriptedOptions>,
): Promise<string> => {
	const lines: string[] = [];
	const ui = scriptedUi({
		quiet: false,
		check: false,
		print: (line) => lines.push(line),
		report: () => undefined,
		consent: [],
		misgiven: [],
		requireReady: false,
		signal: new AbortController().signal,
		command: 'install',
		inTerminal: false,
		...kind,
	});
	await ui.conclude({outcome: 'installed', proposal, verdict});
	return lines.join('\n');
};

test('the document of a simulation says so', async () => {
	expect(JSON.parse(await printed({json: true, simulation: true}))).toMatchObject({
		outcome: 'installed',
		simulation: true,
		command: 'install',
	});
	expect(JSON.parse(await printed({json: true, simulation: false}))).not.toHaveProperty('simulation');
});

test('so does its summary', async () => {
	expect(await printed({json: false, simulation: true})).toMatch(
		/^installed\n✔ On the simulated machine: Vira is set up\.\n/u,
	);
	expect(await printed({json: false, simulation: false})).toMatch(/^installed\n✔ Vira is set up\.\n/u);
});

test('in a terminal there is no word for scripts', async () => {
	expect(await printed({json: false, simulation: false, inTerminal: true})).toMatch(/^✔ Vira is set up\.\n/u);
});

/** A script's front end, and its lines of progress. */
const reporting = () => {
	const said: string[] = [];
	const ui = scriptedUi({
		quiet: false,
		check: false,
		print: () => undefined,
		report: (line) => said.push(line),
		consent: [],
		misgiven: [],
		requireReady: false,
		signal: new AbortController().signal,
		json: false,
		simulation: false,
		command: 'install',
		inTerminal: false,
	});
	return {ui, said};
};

test('a long command adds at most one log line every ten seconds', async () => {
	const action: Action = {
		does: 'run',
		command: ['nix', 'build'],
		why: '',
		withinMs: 60_000,
		onFailure: {message: '', exit: 5},
	};
	async function* stream(): AsyncGenerator<Progress, undefined> {
		for (const elapsedMs of [1000, 9000, 11_000, 12_000, 19_999, 25_000])
			yield {at: 'working', index: 0, action, line: `at ${elapsedMs}\u001B[2J`, elapsedMs};
		return undefined;
	}
	const {ui, said} = reporting();
	await ui.follow(stream());
	expect(said).toEqual(['  11 s: at 11000', '  25 s: at 25000']);
});

async function* telling(): AsyncGenerator<Progress, undefined> {
	yield* tellingSecrets;
	return undefined;
}

test.each<readonly [string, (ui: Ui) => Promise<unknown>]>([
	[
		'an installation',
		(ui) =>
			ui.ask(question({propose: async () => ({good: true, proposal: {...proposal, mask: hideSecret}})})),
	],
	[
		'a removal',
		(ui) =>
			ui.askRemoval(
				removalQuestion({propose: (choices) => ({...proposeRemoval(choices), mask: hideSecret})}),
			),
	],
])('the progress of %s shows no secret', async (_, ask) => {
	const {ui, said} = reporting();
	await ask(ui);
	await ui.follow(telling());
	expect(said.filter((line) => /S3CR3T|••••••/u.test(line))).toEqual([
		'  11 s: built with ••••••',
		'! The page is ••••••.',
	]);
});

/** The refusal of a script on an unsupported machine, for two reasons. */
const refusedWith = (misgiven: ScriptedOptions['misgiven']): Promise<unknown> => {
	const ui = scriptedUi({
		quiet: false,
		check: false,
		print: () => undefined,
		report: () => undefined,
		consent: [],
		misgiven,
		requireReady: false,
		signal: new AbortController().signal,
		json: false,
		simulation: false,
		command: 'install',
		inTerminal: false,
	});
	const refusal = {level: 'error', code: 'x', detail: 'So.'} as const;
	return ui
		.refuse(
			[
				{...refusal, message: 'No systemd.', fixes: [{say: 'Use another machine.'}]},
				{...refusal, message: 'This is root.', fixes: [{say: 'Log in as alice.'}]},
			],
			facts,
		)
		.catch((error: unknown) => (error as {readonly failure: unknown}).failure);
};

test('each reason why the machine is not supported is reported, with what to do', async () => {
	expect(await refusedWith([])).toEqual({
		message: 'No systemd.',
		detail: 'So.\nThis is root.\nSo.',
		fixes: [{say: 'Use another machine.'}, {say: 'Log in as alice.'}],
		exit: 3,
	});
});

test('a wrong value is reported before the machine is', async () => {
	const misgiven = {option: 'port', place: '--port', message: 'Must be a whole number.'} as const;
	expect(await refusedWith([misgiven])).toMatchObject({message: '--port: Must be a whole number.', exit: 2});
});
