import {afterEach, expect, test} from '@jest/globals';
import {refusalsOf} from '../../../src/platform/systemd/advice.ts';
import type {Action, Progress} from '../../../src/platform/actions/action.ts';
import type {RemovalChoices} from '../../../src/steps/removal/plan-removal.ts';
import {inkUi, type InkUiOptions} from '../../../src/ui/ink/ink-ui.ts';
import type {Menu, Ui, Work} from '../../../src/ui/ui.ts';
import {proposeRemoval, removalQuestion} from '../../support/removal-question.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {
	facts,
	fine,
	hideSecret,
	preview,
	progress,
	proposal,
	question,
	settings,
	tellingSecrets,
	verdict,
} from './fixture.ts';

const enter = '\r';
const escape = '\u001B';
const down = '\u001B[B';
const right = '\u001B[C';
const ctrlC = '\u0003';
const ctrlU = '\u0015';
const ctrlS = '\u0013';
const pasted = (text: string): string => `\u001B[200~${text}\u001B[201~`;

const open: Ui[] = [];
afterEach(() => {
	for (const ui of open.splice(0)) ui.close();
});

const started = (columns?: number, rows?: number, change: Partial<InkUiOptions> = {}) => {
	const terminal = fakeTerminal(columns, rows);
	const quits: string[] = [];
	const {stdin, stdout} = terminal;
	const onQuit = (): number => quits.push('quit');
	const ui = inkUi({
		stdin,
		stdout,
		stderr: stdout,
		version: '0.1.0',
		simulation: false,
		onQuit,
		environment: {NO_COLOR: '1'},
		...change,
	});
	open.push(ui);
	return {terminal, ui, quits};
};

/** From the row that the form opens on to its first field. */
const atHostname = async (terminal: ReturnType<typeof fakeTerminal>): Promise<void> => {
	await terminal.shows('› Continue');
	terminal.type(down + down);
	await terminal.shows('› Hostname');
};

/** From that row to any other field, by its name. */
const atOption = async (terminal: ReturnType<typeof fakeTerminal>, label: string): Promise<void> => {
	await terminal.shows('› Continue');
	terminal.type(`/${label}`);
	await terminal.shows(`Find: ${label}`);
	terminal.type(enter);
	await terminal.shows(`› ${label}`);
};

test('pressing Enter three times accepts the suggestions', async () => {
	const {terminal, ui} = started();
	const asked = ui.ask(question());
	await terminal.shows('[1 Machine]');
	terminal.type(enter);
	await terminal.shows('[2 Options]');
	terminal.type(enter);
	await terminal.shows('[3 Preview]');
	terminal.type(enter);
	expect((await asked).settings).toEqual(settings);
});

test('the first screen shows the checks, the choice and its consequences', async () => {
	const {terminal, ui} = started();
	const asked = ui.ask(question());
	const screen = await terminal.shows('q quit');
	expect(screen.slice(0, 10)).toEqual([
		'Vira setup 0.1.0                 [1 Machine] · 2 Options · 3 Preview · 4 Install',
		'─'.repeat(80),
		'✔ Debian 12, systemd 252, user manager running',
		'✔ Vira 0.1.0 at ~/.nix-profile/bin/vira',
		'! Lingering is off for alice: Vira would stop when you log out and not start at',
		'  boot.',
		'  › Turn it on   runs loginctl enable-linger alice',
		'    Leave it off   Vira runs only while you are logged in',
		'  Lingering lets your services start at boot and keep running after you log out.',
		'  You can turn it off again at any time.',
	]);
	expect(screen.at(-1)).toBe('↑↓ move   ⏎ continue   ? more   q quit');
	terminal.type('q');
	await expect(asked).rejects.toMatchObject({name: 'Cancelled'});
});

test('a machine without a choice leaves one line above the options', async () => {
	const {terminal, ui} = started();
	void ui.ask(question({advice: fine})).catch(() => undefined);
	const screen = await terminal.shows('[2 Options]');
	expect(screen[2]).toBe('✔ Debian 12, systemd 252, user manager running · ✔ Vira 0.1.0 at ~/.nix-profile…');
	expect(screen.slice(4, 8)).toEqual([
		'› Continue to the preview',
		'',
		'  ▾ Web',
		'    Hostname             localhost  this machine only                    default',
	]);
});

test('at 40×12 every line fits and the footer names the keys', async () => {
	const {terminal, ui} = started(40, 12);
	void ui.ask(question({advice: []})).catch(() => undefined);
	expect(await terminal.shows('esc back')).toEqual([
		'Vira setup       1 · [2 Options] · 3 · 4',
		'',
		'› Continue to the preview',
		'  ▾ Web',
		'  Hostname             localhost',
		'  Port                 5005',
		'  HTTPS                [✔] on',
		'  Certificate          not set',
		'  Certificate key      not set',
		'Shows what vira-setup would do. Nothing',
		'changes before you accept it.',
		'⏎ continue   esc back   q quit    PgDn ↓',
	]);
});

test('an error is shown below its field, and blocks the way on', async () => {
	const {terminal, ui} = started();
	const asked = ui.ask(question({advice: fine}));
	await atHostname(terminal);
	terminal.type(`${down}${ctrlU}99999${ctrlS}`);
	const screen = await terminal.shows('✖');
	expect(screen.slice(8, 10)).toEqual([
		'  › Port               * 99999                                           changed',
		'    ✖ Must be a whole number from 1 to 65535.',
	]);
	terminal.type(`${ctrlU}6000${ctrlS}`);
	await terminal.shows('[3 Preview]');
	terminal.type(enter);
	expect((await asked).settings.port).toBe(6000);
});

test('a paste of several lines becomes as many items', async () => {
	const {terminal, ui} = started();
	const asked = ui.ask(question({advice: fine}));
	await atOption(terminal, 'Repositories');
	terminal.type(right);
	await terminal.shows('NAME=URL');
	terminal.type(pasted('a=https://example.org/a\nb=https://example.org/b\n'));
	await terminal.shows('+ add a repository');
	terminal.type(escape);
	await terminal.shows('⏎ edit');
	terminal.type(ctrlS);
	await terminal.shows('[3 Preview]');
	terminal.type(enter);
	expect((await asked).settings.repositories).toEqual({
		a: 'https://example.org/a',
		b: 'https://example.org/b',
	});
});

test('Esc in the preview goes back to the options, and no answer is lost', async () => {
	const {terminal, ui} = started();
	void ui.ask(question({advice: fine})).catch(() => undefined);
	await atHostname(terminal);
	terminal.type(`${ctrlU}::1${ctrlS}`);
	await terminal.shows('[3 Preview]');
	terminal.type(escape);
	const screen = await terminal.shows('[2 Options]');
	expect(screen[7]).toMatch(/^ {2}› Hostname {11}\* ::1 .* changed$/u);
});

test('w saves the settings to a file and leads back; the path stays in the terminal after q', async () => {
	const {terminal, ui} = started();
	const typed: string[] = [];
	const saver = {
		freePath: () => Promise.resolve('~/vira-settings.json'),
		save: (_: unknown, path: string) => {
			typed.push(path);
			return Promise.resolve({path: '/home/alice/x.json'});
		},
	};
	const complete = () => Promise.resolve(['~/x/']);
	const asked = ui.ask(question({advice: fine, begin: 'preview', saver, complete}));
	await terminal.shows('[3 Preview]');
	terminal.type('w');
	await terminal.shows('Save to: ~/vira-settings.json');
	terminal.type(`${ctrlU}~/`);
	await terminal.shows('Save to: ~/\n');
	terminal.type('\t');
	await terminal.shows('Save to: ~/x/');
	terminal.type(`q.json${enter}`);
	await terminal.shows('✔ Saved to ~/x.json.');
	expect(typed).toEqual(['~/x/q.json']);
	terminal.type('q');
	await expect(asked).rejects.toMatchObject({name: 'Cancelled'});
	await terminal.drawn();
	expect([terminal.isAlternate(), terminal.screen()[1]]).toEqual([
		false,
		'  vira-setup --config /home/alice/x.json',
	]);
});

test('Ctrl-C releases the terminal and cancels', async () => {
	const {terminal, ui, quits} = started();
	const asked = ui.ask(question());
	await terminal.shows('[1 Machine]');
	expect([terminal.isAlternate(), terminal.isRaw(), terminal.pastes()]).toEqual([true, true, true]);
	terminal.type(ctrlC);
	await expect(asked).rejects.toMatchObject({name: 'Cancelled'});
	expect(quits).toEqual(['quit']);
	await ui.conclude({outcome: 'cancelled', undone: false, notUndone: []});
	const screen = await terminal.shows('Nothing was changed.');
	expect(screen.slice(0, 2)).toEqual(['Cancelled.', 'Nothing was changed.']);
	expect([terminal.isAlternate(), terminal.isRaw(), terminal.pastes()]).toEqual([false, false, false]);
	expect(terminal.written().lastIndexOf('\u001B[?25h')).toBeGreaterThan(
		terminal.written().lastIndexOf('\u001B[?25l'),
	);
});

test('Ctrl-C during the checks cancels without waiting', async () => {
	const {terminal, ui} = started();
	const asked = ui.ask(question({advice: fine, propose: () => new Promise(() => undefined)}));
	await atHostname(terminal);
	terminal.type(ctrlS);
	await terminal.shows('Checking…');
	terminal.type(ctrlC);
	await expect(asked).rejects.toMatchObject({name: 'Cancelled'});
});

test('an unsupported machine offers the simulated one first', async () => {
	const {terminal, ui} = started();
	const cannot = {...facts, linux: {...facts.linux, systemd: false as const}};
	const refused = ui.refuse(refusalsOf(cannot), cannot);
	const screen = await terminal.shows('q quit');
	expect(screen.slice(2, 8)).toEqual([
		'Vira cannot be set up here:',
		'',
		'✖ systemd is not running on this machine.',
		'  vira-setup sets up Vira as a systemd user service, so it needs systemd.',
		'  What to do:',
		'    Run vira-setup on a machine that runs systemd as PID 1.',
	]);
	expect(screen.slice(20, 22)).toEqual(['› Try it on a simulated machine (changes nothing here)', '  Quit']);
	terminal.type(enter);
	expect(await refused).toBe(true);
});

test('a new size is redrawn, and one that is too small gets a message', async () => {
	const {terminal, ui} = started();
	void ui.ask(question({advice: fine})).catch(() => undefined);
	await terminal.shows('› Continue');
	terminal.resize(19, 5);
	await terminal.shows('Please enlarge the…');
	terminal.resize(40, 12);
	const screen = await terminal.shows('› Continue');
	expect(screen.every((line) => line.length <= 40)).toBe(true);
	expect(screen[0]).toBe('Vira setup       1 · [2 Options] · 3 · 4');
});

/** A stream that goes on when it is told to. */
const steered = () => {
	let goOn = (): void => undefined;
	const told = new Promise<void>((resolve) => {
		goOn = resolve;
	});
	async function* stream(): AsyncGenerator<Progress, string> {
		yield* progress;
		await told;
		return 'end';
	}
	return {stream: stream(), goOn};
};

test('steps are shown while they run, and stay in the terminal', async () => {
	const {terminal, ui} = started();
	const {stream, goOn} = steered();
	const followed = ui.follow(stream);
	const screen = await terminal.shows('start vira.service');
	expect(screen[2]).toBe('✔ Create /home/alice/.config/systemd/user/vira.service');
	expect(screen[3]).toMatch(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Run systemctl --user start vira\.service/u);
	goOn();
	expect(await followed).toBe('end');
	await ui.conclude({outcome: 'installed', proposal, verdict});
	const kept = await terminal.shows('✔ Vira is set up.');
	expect(kept[0]).toBe('✔ Create /home/alice/.config/systemd/user/vira.service');
	expect(terminal.written()).toContain('\u001B]8;;https://localhost:5005/\u001B\\https://localhost:5005/');
});

test.each<readonly [string, (ui: Ui) => Promise<unknown>, string]>([
	[
		'an installation',
		(ui) => {
			const hiding = {...proposal, mask: hideSecret};
			return ui.ask(question({begin: 'preview', propose: async () => ({good: true, proposal: hiding})}));
		},
		'[3 Preview]',
	],
	[
		'a removal',
		(ui) => {
			const propose = (choices: RemovalChoices) => ({...proposeRemoval(choices), mask: hideSecret});
			return ui.askRemoval(removalQuestion({propose}));
		},
		'⏎ remove',
	],
])(
	'the progress of %s shows no secret, on the screen or in the terminal afterwards',
	async (_, ask, first) => {
		const {terminal, ui} = started();
		const asked = ask(ui);
		await terminal.shows(first);
		terminal.type(enter);
		await asked;
		async function* stream(): AsyncGenerator<Progress, undefined> {
			for (const one of tellingSecrets) {
				yield one;
				if (one.at === 'working' && one.elapsedMs > 1000) await terminal.shows('built with');
			}
			return undefined;
		}
		await ui.follow(stream());
		await ui.conclude({outcome: 'installed', proposal, verdict});
		expect(terminal.written()).not.toContain('S3CR3T');
		const kept = await terminal.shows('✔ Vira is set up.');
		expect(kept.filter((line) => line.includes('••••••'))).toEqual([
			'    •••••• was refused.',
			'    •••••• was refused again.',
			'✖ The page is ••••••.',
		]);
	},
);

test('the last line of a long step is shown below it, cut to the width, until it finishes', async () => {
	const {terminal, ui} = started(40, 12);
	const action: Action = {
		does: 'run',
		command: ['nix', 'build', 'nixpkgs#gh'],
		why: '',
		withinMs: 1000,
		onFailure: {message: '', exit: 5},
	};
	const line = `gh> \u001B[31mcompiling ${'x'.repeat(60)}`;
	let goOn = (): void => undefined;
	const told = new Promise<void>((resolve) => {
		goOn = resolve;
	});
	async function* stream(): AsyncGenerator<Progress, undefined> {
		yield {at: 'started', index: 0, action};
		yield {at: 'working', index: 0, action, line, elapsedMs: 1};
		await told;
		yield {at: 'finished', index: 0, action};
		return undefined;
	}
	const followed = ui.follow(stream());
	const screen = await terminal.shows('compiling');
	expect(screen.slice(2)).toContainEqual(expect.stringMatching(/^ {4}gh> compiling x+…$/u));
	goOn();
	await followed;
	expect((await terminal.shows('✔ Run nix')).join('\n')).not.toContain('compiling');
});

test.each([
	[{}, true],
	[{NO_COLOR: ''}, true],
	[{NO_COLOR: '1'}, false],
])('the summary has colors with %j: %s', async (environment, coloured) => {
	const {terminal, ui} = started(80, 24, {environment});
	await ui.conclude({outcome: 'installed', proposal, verdict});
	expect(terminal.written().includes('\u001B[32m✔\u001B[39m Vira is set up.')).toBe(coloured);
});

test('a simulation ends with its own message', async () => {
	const {terminal, ui} = started(80, 24, {simulation: true});
	await ui.conclude({outcome: 'installed', proposal, verdict});
	expect(terminal.written()).toMatch(/^✔ On the simulated machine: Vira is set up\.\n/u);
	expect(terminal.written()).toMatch(/After a real setup[^]*https:[^]*Simulation only\./u);
});

test('what keeps builds from succeeding is in the preview, and stays below the end', async () => {
	const {terminal, ui} = started();
	const checks = [{group: 'nix', level: 'error', code: 'no-flakes', message: 'Flakes are off.'}] as const;
	const asked = ui.ask(
		question({
			begin: 'preview',
			async *checkReadiness() {
				yield {group: 'nix', checks};
			},
		}),
	);
	await terminal.shows('✖ Builds: Flakes are off');
	terminal.type('\r');
	await asked;
	await ui.conclude({outcome: 'installed', proposal, verdict});
	expect(await terminal.shows('Before the first build can succeed:')).toContain('✖ Flakes are off.');
});

test('a paste loses no line, valid or not', async () => {
	const {terminal, ui} = started(40, 16);
	void ui.ask(question({advice: []})).catch(() => undefined);
	await atOption(terminal, 'Variables');
	terminal.type(pasted('FOO=1\nbad line\nBAR=two words\nworse\nBAZ=3'));
	const screen = await terminal.shows('1 more line to fix.');
	const first = screen.findIndex((line) => line.includes('FOO=1'));
	expect(screen.slice(first, first + 6)).toEqual([
		'      FOO=1',
		'      BAR=two words',
		'      BAZ=3',
		'    › bad line',
		'    ✖ Must have the form NAME=VALUE.',
		'    ! 1 more line to fix.',
	]);
	expect(screen.at(-1)).toMatch(/^⏎ accept {3}esc skip/u);
});

test('Ctrl-C while something runs waits for its end', async () => {
	const {terminal, ui, quits} = started();
	const {stream, goOn} = steered();
	const followed = ui.follow(stream);
	await terminal.shows('start vira.service');
	terminal.type(ctrlC);
	await terminal.shows('Stopping…');
	expect(quits).toEqual(['quit']);
	terminal.type(ctrlC);
	goOn();
	expect(await followed).toBe('end');
	expect(quits).toEqual(['quit']);
});

test('Ctrl-C while something is changed waits for its end', async () => {
	let goOn = (): void => undefined;
	const quit = new Promise<void>((resolve) => {
		goOn = resolve;
	});
	const {terminal, ui} = started(80, 24, {onQuit: () => goOn()});
	const watched = ui.watch?.({
		what: 'Stopping Vira',
		kind: 'changes',
		run: async ({print}) => {
			await quit;
			print('Vira is stopped.\n');
			return 'Stopped.';
		},
	});
	await terminal.shows('Stopping Vira…');
	terminal.type(ctrlC);
	await terminal.shows('Vira is stopped.');
	expect(await watched).toBe('Stopped.');
});

test('who leaves a log ends what follows it', async () => {
	const {terminal, ui} = started();
	const ends: string[] = [];
	const watched = ui.watch?.({
		what: 'The log',
		kind: 'follows',
		run: async ({note}, left) => {
			note('line 1');
			await new Promise((resolve) => left?.addEventListener('abort', resolve));
			ends.push('ended');
			return undefined;
		},
	});
	await terminal.shows('line 1');
	terminal.type(escape);
	expect(await watched).toBeUndefined();
	expect(ends).toEqual(['ended']);
});

test('without a result, an output stays until it has been read', async () => {
	const {terminal, ui} = started();
	const run: Work['run'] = async ({note}) => {
		note('✖ Vira did not start.');
		return undefined;
	};
	const watched = ui.watch?.({what: 'Starting Vira', kind: 'changes', run});
	await terminal.shows('esc back');
	terminal.type(enter);
	expect(await watched).toBeUndefined();
});

const menu: Menu = {
	after: 'survey',
	facts,
	lines: ['✔ Vira is starting.'],
	choices: [{key: 'c', value: 'change', label: 'Change the settings'}],
	leave: 'leave',
};

test('a menu shows what changes, and is not read again once something is chosen', async () => {
	const {terminal, ui} = started();
	let left: AbortSignal | undefined;
	const chosen = ui.choose?.(menu, async (signal) => {
		left = signal;
		return {...menu, lines: ['✔ Vira is running.']};
	});
	await terminal.shows('Vira is starting.');
	await terminal.shows('Vira is running.');
	expect(left?.aborted).toBe(false);
	terminal.type('c');
	expect(await chosen).toBe('change');
	expect(left?.aborted).toBe(true);
});

test('Ctrl-C ends a menu at once, also while it is read again and does not respond', async () => {
	const {terminal, ui} = started();
	let chosen: Promise<string> | undefined;
	const left = await new Promise<AbortSignal>((begins) => {
		chosen = ui.choose?.(menu, (signal) => {
			begins(signal);
			return new Promise(() => undefined);
		});
	});
	terminal.type(ctrlC);
	await expect(chosen).rejects.toMatchObject({name: 'Cancelled'});
	expect(left.aborted).toBe(true);
});

test('a preview that changes nothing says so', async () => {
	const {terminal, ui} = started();
	const same = {
		...proposal,
		preview: {...preview, changes: false, folders: [], files: [], commands: [], warnings: []},
	};
	const asked = ui.ask(
		question({advice: fine, again: true, propose: () => Promise.resolve({good: true, proposal: same})}),
	);
	await atHostname(terminal);
	terminal.type(ctrlS);
	const screen = await terminal.shows('[3 Preview]');
	expect(screen[2]).toBe('✔ Already up to date. Nothing would change.');
	expect(screen.at(-1)).toBe('↑↓ scroll   ⏎ done   e edit   w save to file   q quit');
	terminal.type(enter);
	expect(await asked).toBe(same);
});
