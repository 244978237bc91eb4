import {afterEach, expect, test} from '@jest/globals';
import {askedOptions, optionOf} from '../../../src/settings/options.ts';
import type {Problem} from '../../../src/settings/problem.ts';
import {refusalsOf} from '../../../src/platform/systemd/advice.ts';
import type {RemovalChoices} from '../../../src/steps/removal/plan-removal.ts';
import type {Progress} from '../../../src/platform/actions/action.ts';
import {savedLines} from '../../../src/ui/words/phrases.ts';
import {promptOf} from '../../../src/ui/plain/ask-settings.ts';
import {plainUi, type PlainUiOptions} from '../../../src/ui/plain/plain-ui.ts';
import type {Question, Ui} from '../../../src/ui/ui.ts';
import {proposeRemoval, removalQuestion} from '../../support/removal-question.ts';
import {fakeTerminal} from '../ink/fake-terminal.ts';
import {
	facts,
	fine,
	hideSecret,
	preview,
	progress,
	proposal,
	question,
	settings,
	start,
	tellingSecrets,
	verdict,
} from '../ink/fixture.ts';

const enter = '\r';

const open: Ui[] = [];
afterEach(() => {
	for (const ui of open.splice(0)) ui.close();
});

const started = (change: Partial<PlainUiOptions> = {}) => {
	const terminal = fakeTerminal(80, 400);
	const quits: string[] = [];
	const ending = new AbortController();
	const ui = plainUi({
		stdin: terminal.stdin,
		stdout: terminal.stdout,
		draws: true,
		version: '0.1.0',
		simulation: false,
		signal: ending.signal,
		onQuit: () => quits.push('quit'),
		...change,
	});
	open.push(ui);
	const lines = async () => {
		await terminal.drawn();
		return terminal.screen().filter((line) => line !== '');
	};
	return {terminal, ui, quits, ending, lines};
};

/** Answers each question, by what stands before the cursor, in this order. */
const answering = async (
	{terminal}: Pick<ReturnType<typeof started>, 'terminal'>,
	answers: readonly (readonly [asked: string, typed: string])[],
): Promise<void> => {
	for (const [index, [asked, typed]] of answers.entries()) {
		const before = answers.slice(0, index).filter(([one]) => one === asked).length;
		await terminal.showsTimes(`? ${asked}`, before + 1);
		terminal.type(`${typed}${enter}`);
	}
};

const run = async (answers: readonly (readonly [string, string])[], change: Partial<Question> = {}) => {
	const all = started();
	const asked = all.ui.ask(question(change));
	await answering(all, answers);
	const accepted = await asked;
	return {accepted, lines: await all.lines()};
};

const straightOn = [
	['Lingering (1)', ''],
	['What now (preview)', ''],
	['What now (1)', ''],
] as const;

test.each([true, false])('pressing Enter three times accepts the suggestions (drawn: %s)', async (draws) => {
	const all = started({draws});
	const asked = all.ui.ask(question());
	await answering(all, straightOn);
	expect((await asked).settings).toEqual(settings);
	expect(all.terminal.written().includes('\u001B')).toBe(draws);
});

test('the checks come first, with the choice and its consequences', async () => {
	const {lines} = await run(straightOn);
	expect(lines.slice(4, 13)).toEqual([
		'✔ Debian 12, systemd 252, user manager running',
		'✔ Vira 0.1.0 at ~/.nix-profile/bin/vira',
		'! Lingering is off for alice: Vira would stop when you log out and not start at',
		'  boot.',
		'  Lingering lets your services start at boot and keep running after you log out.',
		'  You can turn it off again at any time.',
		'  1. Turn it on: runs loginctl enable-linger alice',
		'  2. Leave it off: Vira runs only while you are logged in',
		'? Lingering (1) 1',
	]);
});

test('the other answer to a choice, and its explanation', async () => {
	const {accepted, lines} = await run([
		['Lingering (1)', '?'],
		['Lingering (1)', '3'],
		['Lingering (1)', '2'],
		['What now (preview)', ''],
		['What now (1)', ''],
	]);
	expect(accepted.settings.linger).toBe(false);
	expect(lines).toContain('    loginctl enable-linger alice');
	expect(lines).toContain('✖ Type a number from 1 to 2.');
});

test('Enter keeps the choice from the settings', async () => {
	const {accepted} = await run([['Lingering (2)', ''], ...straightOn.slice(1)], {
		start: {...settings, linger: false},
	});
	expect(accepted.settings.linger).toBe(false);
});

test('a setting is changed by its number', async () => {
	const {accepted, lines} = await run(
		[
			['What now (preview)', '2'],
			['Port (5005)', '8443'],
			['What now (preview)', '?'],
			['What now (preview)', ''],
			['What now (1)', ''],
		],
		{advice: fine},
	);
	expect(accepted.settings).toEqual({...settings, port: 8443});
	expect(lines).toContain('  2. Port: 5005');
	expect(lines).toContain('  2. Port: 8443 (changed)');
});

test('"all" asks for every option in the order of the list, with its default', async () => {
	const asked = askedOptions('linux', settings).map((name) => `${promptOf(optionOf(name))} (`);
	const {accepted, lines} = await run(
		[['What now (preview)', 'all'], ...asked.map((one) => [one, ''] as const), ['What now (1)', '']],
		{advice: fine},
	);
	expect(accepted.settings).toEqual(settings);
	const order = lines.filter((line) => line.startsWith('? ')).slice(1, -1);
	expect(order.map((line) => line.slice(2, line.indexOf('(') + 1))).toEqual(asked);
});

test('for many items the settings name the first', async () => {
	const repositories = Object.fromEntries(Array.from({length: 9}, (_, index) => [`r${index}`, '/x']));
	const {lines} = await run(straightOn.slice(1), {advice: fine, start: {...settings, repositories}});
	expect(lines).toContain('  12. Repositories: r0, r1, r2, r3, r4 and 4 more (changed)');
});

test('if Vira is set up, it says so, and whether it runs', async () => {
	const {lines} = await run(straightOn.slice(1), {advice: fine, again: true});
	expect(lines).toContain('Vira is set up here. Its service is inactive.');
});

test('an answer removes the questions that depend on it', async () => {
	const {lines} = await run(
		[
			['What now (preview)', '3'],
			['HTTPS (on)', 'off'],
			['What now (preview)', '?'],
			['What now (preview)', ''],
			['What now (1)', ''],
		],
		{advice: fine},
	);
	expect(lines.filter((line) => line.includes('. Certificate:'))).toHaveLength(1);
});

/** A machine on which only port 5006 is free. */
const portTaken: Partial<Question> = {
	advice: fine,
	propose: (wanted) => {
		const problems: readonly Problem[] = [{option: 'port', message: 'Port 5005 is taken.'}];
		return Promise.resolve(
			wanted.port === 5006
				? {good: true, proposal: {...proposal, settings: wanted}}
				: {good: false, problems},
		);
	},
};

test('for the hostname, usual values are shown with their meaning', async () => {
	const {lines} = await run(
		[
			['What now (preview)', '1'],
			['Hostname (localhost)', '0.0.0.0'],
			['What now (preview)', ''],
			['What now (1)', ''],
		],
		{advice: fine},
	);
	const at = lines.findIndex((line) => line.startsWith('Hostname: '));
	expect(lines.slice(at + 1, at + 3)).toEqual([
		'  localhost: this machine only',
		'  0.0.0.0: everyone on the network',
	]);
});

test('Enter takes the value that is suggested for a problem', async () => {
	const problem: Problem = {option: 'port', message: 'Port 5005 is taken.', suggestion: '5006'};
	const {accepted} = await run(
		[
			['What now (preview)', ''],
			['Port (5006)', ''],
			['What now (preview)', ''],
			['What now (1)', ''],
		],
		{
			advice: fine,
			propose: async (wanted) =>
				wanted.port === 5006
					? {good: true, proposal: {...proposal, settings: wanted}}
					: {good: false, problems: [problem]},
		},
	);
	expect(accepted.settings.port).toBe(5006);
});

test('a problem of the machine with a setting is shown there, and the question is asked again', async () => {
	const {accepted, lines} = await run(
		[
			['What now (preview)', ''],
			['Port (5005)', '5006'],
			['What now (preview)', ''],
			['What now (1)', ''],
		],
		portTaken,
	);
	expect(accepted.settings.port).toBe(5006);
	const first = lines.indexOf('These settings cannot be applied:');
	expect(lines.slice(first, first + 4)).toEqual([
		'These settings cannot be applied:',
		'Port: TCP port of the web interface.',
		'✖ Port 5005 is taken.',
		'? Port (5005) 5006',
	]);
});

test('so is a problem with an option that is not asked here', async () => {
	const {accepted} = await run(
		[
			['What now (preview)', '18'],
			['Domain (user)', 'gui'],
			['What now (preview)', ''],
			['What now (1)', ''],
		],
		{advice: fine, start: {...settings, domain: 'user'}},
	);
	expect(accepted.settings.domain).toBe('gui');
});

test('the preview shows every step, and each line of the files on demand', async () => {
	const {lines} = await run(
		[
			['What now (preview)', ''],
			['What now (1)', '2'],
			['What now (1)', ''],
		],
		{advice: fine},
	);
	const first = lines.indexOf('Changed settings:');
	expect(lines.slice(first, first + 12)).toEqual([
		'Changed settings:',
		'  Port  5005 → 5006',
		'! Vira restarts: builds that are running now are interrupted.',
		'Steps:',
		'  Change the service',
		'! Vira has no login: anyone who can reach it runs code as you.',
		'✔ Starts at boot: yes',
		'✔ Keeps running after logout: yes',
		'Reachable from: this machine only',
		'  1. Install',
		'  2. Show the files and commands',
		'  3. Change a setting',
	]);
	expect(lines).toContain('  + ExecStart=/home/alice/.nix-profile/bin/vira --port 5006');
});

test('the fix for a warning is shown below it', async () => {
	const warnings = [
		{code: 'log-large' as const, message: 'The log is large.', fixes: [{say: 'shows it', command: 'df -h'}]},
	];
	const warned = {...proposal, preview: {...preview, warnings}};
	const {lines} = await run(straightOn.slice(1), {
		advice: fine,
		propose: () => Promise.resolve({good: true, proposal: warned}),
	});
	const at = lines.indexOf('! The log is large.');
	expect(lines[at + 1]).toBe('  df -h   shows it');
});

test('from the preview back to the settings, and no answer is lost', async () => {
	const {accepted} = await run(
		[
			['What now (preview)', '2'],
			['Port (5005)', '8443'],
			['What now (preview)', ''],
			['What now (1)', '3'],
			['What now (preview)', '1'],
			['Hostname (localhost)', '::1'],
			['What now (preview)', ''],
			['What now (1)', ''],
		],
		{advice: fine},
	);
	expect(accepted.settings).toEqual({...settings, port: 8443, hostname: '::1'});
});

test.each([
	['Install', {}],
	['Apply', {again: true}],
	['Done', {dryRun: true}],
	[
		'Done',
		{
			propose: () =>
				Promise.resolve({
					good: true as const,
					proposal: {...proposal, preview: {...preview, changes: false, files: []}},
				}),
		},
	],
])('the first choice is %s with %j', async (label, change) => {
	const {lines} = await run(straightOn.slice(1), {advice: fine, ...change});
	expect(lines).toContain(`  1. ${label}`);
});

test('the settings can be saved to a file from the preview, which then asks again what to do', async () => {
	const typed: string[] = [];
	const saver = {
		freePath: () => Promise.resolve('~/vira-settings.json'),
		save: (_: unknown, path: string) => {
			typed.push(path);
			return Promise.resolve(
				path === '~/there.json' ? {problem: 'It exists.'} : {path: '/home/alice/x.json'},
			);
		},
	};
	const {accepted, lines} = await run(
		[
			['What now (preview)', ''],
			['What now (1)', '4'],
			['Save to (~/vira-settings.json)', 'none'],
			['What now (1)', '4'],
			['Save to (~/vira-settings.json)', '?'],
			['Save to (~/vira-settings.json)', '~/there.json'],
			['Save to (~/vira-settings.json)', ''],
			['What now (1)', ''],
		],
		{advice: fine, saver},
	);
	expect(typed).toEqual(['~/there.json', '~/vira-settings.json']);
	expect(lines).toContain('✖ It exists.');
	expect(lines).toContain('  vira-setup --config /home/alice/x.json');
	expect(accepted.settings).toEqual(settings);
});

test('a file that is saved in a simulation is one of the simulated machine', () => {
	const [saved, command] = savedLines(
		{settings, path: '/home/alice/x.json', simulation: true},
		'/home/alice',
	);
	expect(saved).toMatch(/~\/x\.json on the simulated machine\. On a real machine/u);
	expect(command).toBe('  vira-setup --config /home/alice/x.json');
});

test.each([
	['the settings', [['What now (preview)', 'quit']]],
	[
		'the preview',
		[
			['What now (preview)', ''],
			['What now (1)', '5'],
		],
	],
] as const)('it can be left from %s', async (_, answers) => {
	const all = started();
	const asked = all.ui.ask(question({advice: fine}));
	await Promise.all([answering(all, answers), expect(asked).rejects.toMatchObject({name: 'Cancelled'})]);
	expect(all.quits).toEqual(['quit']);
});

test.each([
	['', true],
	['2', false],
])('if the machine is not supported: %j to the simulation gives %s', async (typed, simulate) => {
	const all = started();
	const cannot = {...facts, linux: {...facts.linux, systemd: false as const}};
	const refused = all.ui.refuse(refusalsOf(cannot), cannot);
	await answering(all, [['What now (1)', typed]]);
	expect(await refused).toBe(simulate);
	expect(await all.lines()).toContain('✖ systemd is not running on this machine.');
	expect(await all.lines()).toContain('    Run vira-setup on a machine that runs systemd as PID 1.');
});

async function* streamOf(...all: readonly Progress[]): AsyncGenerator<Progress, string> {
	yield* all;
	return 'end';
}

test('each step is one line, a long one gets one more', async () => {
	const {ui, lines} = started();
	const wait = {at: 'checking', what: 'responding', withinMs: 60_000} as const;
	const ended = await ui.follow(
		streamOf(
			...progress,
			{at: 'working', index: 1, action: start, line: 'compiling', elapsedMs: 500},
			{at: 'working', index: 1, action: start, line: 'linking', elapsedMs: 11_000},
			{at: 'failed', index: 1, action: start, failure: {message: 'It could not be started.', exit: 5}},
			{...wait, elapsedMs: 0},
			{...wait, elapsedMs: 1000},
			{at: 'checked', finding: {level: 'ok', code: 'responding', message: 'It answers.'}},
			{at: 'checked', finding: {level: 'ok', code: 'starts-at-boot', message: 'Starts at boot: yes.'}},
		),
	);
	expect(ended).toBe('end');
	await ui.conclude({outcome: 'installed', proposal, verdict});
	expect((await lines()).slice(4, 13)).toEqual([
		'✔ Create /home/alice/.config/systemd/user/vira.service',
		'  Run systemctl --user start vira.service: this can take a few minutes.',
		'  11 s: linking',
		'✖ Run systemctl --user start vira.service',
		'    It could not be started.',
		'  Wait for Vira to respond: up to 60 s.',
		'✔ It answers.',
		'✔ Vira is set up.',
		'✔ Starts at boot: yes',
	]);
});

type Started = ReturnType<typeof started>;

test.each<readonly [string, (all: Started) => Promise<unknown>]>([
	[
		'an installation',
		async (all) => {
			const hiding = {...proposal, mask: hideSecret};
			const asked = all.ui.ask(question({propose: async () => ({good: true, proposal: hiding})}));
			await answering(all, straightOn);
			await asked;
		},
	],
	[
		'a removal',
		async (all) => {
			const propose = (choices: RemovalChoices) => ({...proposeRemoval(choices), mask: hideSecret});
			const asked = all.ui.askRemoval(removalQuestion({propose}));
			await answering(all, [
				['Lingering', ''],
				['Changed by hand', ''],
				["Vira's state", ''],
				['What now', ''],
			]);
			await asked;
		},
	],
])('the progress of %s shows no secret', async (_, ask) => {
	const all = started();
	await ask(all);
	await all.ui.follow(streamOf(...tellingSecrets));
	expect((await all.lines()).filter((line) => /S3CR3T|••••••/u.test(line))).toEqual([
		'  11 s: built with ••••••',
		'    •••••• was refused.',
		'    •••••• was refused again.',
		'! The page is ••••••.',
	]);
});

test('Enter keeps everything that a removal may keep, unless an option requested otherwise', async () => {
	const chosen = async (requested: RemovalChoices): Promise<RemovalChoices> => {
		const all = started();
		const asked = all.ui.askRemoval(removalQuestion({requested}));
		await answering(all, [
			['Lingering', ''],
			['Changed by hand', ''],
			["Vira's state", ''],
			['What now', ''],
		]);
		return (await asked).choices;
	};
	const nothing = {overwrite: false, purge: false, disableLinger: false};
	expect(await chosen(nothing)).toEqual(nothing);
	expect(await chosen({...nothing, disableLinger: true})).toEqual({...nothing, disableLinger: true});
});

test('when ended while it installs, it says that the current step finishes first', async () => {
	const {ui, lines, ending} = started();
	async function* stream(): AsyncGenerator<Progress, undefined> {
		ending.abort();
		yield* progress;
		return undefined;
	}
	await ui.follow(stream());
	await ui.conclude({outcome: 'cancelled', undone: true, notUndone: []});
	expect((await lines()).slice(4)).toEqual([
		expect.stringMatching(/^! Stopping… /u),
		'✔ Create /home/alice/.config/systemd/user/vira.service',
		'Cancelled.',
		'✔ Everything is as it was before.',
	]);
});
