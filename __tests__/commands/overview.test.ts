import {expect, test} from '@jest/globals';
import {parseRequest} from '../../src/command-line/request.ts';
import {exitCode, SetupError} from '../../src/errors.ts';
import {manage} from '../../src/commands/overview.ts';
import {setup} from '../../src/commands/setup.ts';
import type {System} from '../../src/platform/system.ts';
import {lineOutput} from '../../src/ui/output.ts';
import type {Asking, Menu} from '../../src/ui/ui.ts';
import {type} from '../support/installed.ts';
import {behave, setUp} from '../support/linux-states.ts';
import {macSetUp} from '../support/mac-setup.ts';

type ReadAgain = (left: AbortSignal) => Promise<Menu>;

const never = () => Promise.reject(new Error('Nobody asks for this.'));

const staying = (): AbortSignal => new AbortController().signal;

/** Someone who chooses these in the overview, one after the other, then quits; and what is shown. */
const choosing = async (
	system: System,
	choices: readonly string[],
	look: (menu: Menu, readAgain: ReadAgain) => Promise<void> = async () => undefined,
) => {
	const shown: Menu[] = [];
	const output: string[] = [];
	const results: (string | undefined)[] = [];
	const rest = [...choices];
	const ui: Asking = {
		refuse: never,
		ask: never,
		askRemoval: never,
		follow: never,
		choose: async (menu, readAgain = never) => {
			shown.push(menu);
			await look(menu, readAgain);
			return (rest.shift() as typeof menu.leave | undefined) ?? menu.leave;
		},
		watch: async ({run}) => {
			const result = await run(lineOutput((line) => output.push(line)));
			results.push(result);
			return result;
		},
		conclude: never,
		close: () => undefined,
	};
	const request = await parseRequest([], {environment: {}, read: async () => undefined});
	await setup({request, system, signal: staying()}, Promise.resolve(ui), (seen) => manage(seen));
	return {shown, output: output.join('\n'), results};
};

test('what was done is a line of the overview, which shows the state after it', async () => {
	const {shown} = await choosing(await setUp(), ['stop', 'start']);
	expect(shown.map(({lines}) => lines.slice(0, 2))).toEqual([
		[expect.stringContaining('✔ Vira is running'), ''],
		['! Vira is stopped: https://localhost:5005/ · starts at boot', '✔ Vira stopped.'],
		[expect.stringContaining('✔ Vira is running'), expect.stringMatching(/^✔ Vira started/u)],
	]);
	expect(shown.map(({choices: [first]}) => first?.value)).toEqual(['change', 'start', 'change']);
});

test('a failure is no line but an output to be read', async () => {
	const machine = await setUp();
	await behave(machine, 'exits-at-once');
	const {results, output, shown} = await choosing(machine, ['restart']);
	expect(results).toEqual([undefined]);
	expect(output).toContain('something is wrong with this Vira');
	expect(shown[1]?.lines[1]).toBe('');
});

test('the state is read again: a crash is seen, and what was done before is no longer told', async () => {
	const machine = await setUp();
	const seen: string[] = [];
	await choosing(machine, ['restart'], async ({lines}, readAgain) => {
		if (lines[1] === '') return;
		seen.push((await readAgain(staying())).lines.slice(0, 2).join(' | '));
		await type(machine, 'systemctl --user stop vira.service');
		seen.push((await readAgain(staying())).lines.slice(0, 2).join(' | '));
	});
	expect(seen).toEqual([
		expect.stringMatching(/^✔ Vira is running: .* \| ✔ Vira restarted/u),
		'! Vira is stopped: https://localhost:5005/ · starts at boot | ',
	]);
});

test('if it cannot be read again, the old state stays, and a line says why', async () => {
	const machine = await setUp();
	let isBroken = false;
	const broken: System = {
		...machine,
		run: (command, options) => {
			if (isBroken) throw new SetupError({message: 'The disk is gone.', exit: exitCode.unsuitable});
			return machine.run(command, options);
		},
	};
	await choosing(broken, [], async ({lines}, readAgain) => {
		isBroken = true;
		const again = await readAgain(staying());
		expect(again.lines[0]).toBe(lines[0]);
		expect(again.lines[1]).toMatch(/^! The state could not be read again\. The disk is gone\./u);
		isBroken = false;
		expect((await readAgain(staying())).lines).toEqual(lines);
	});
	expect.assertions(3);
});

const withDisplay = {environment: {DISPLAY: ':0'}, desktop: 'with-browser'} as const;

test('in a graphical session the page is opened in the browser', async () => {
	const machine = await setUp(withDisplay);
	const {shown} = await choosing(machine, ['open']);
	expect((await machine.events.state()).opened).toEqual(['https://localhost:5005/']);
	expect(shown[1]?.lines[1]).toContain('https://localhost:5005/');
});

test('on a Mac, too', async () => {
	const machine = await macSetUp();
	await choosing(machine, ['open']);
	expect((await machine.events.state()).opened).toEqual(['https://localhost:5005/']);
});

const ssh = {SSH_CONNECTION: '192.0.2.7 52144 192.0.2.20 22'};

test.each([
	['without a display', {}, '  https://localhost:5005/'],
	['without a program for it', {environment: {DISPLAY: ':0'}}, '  https://localhost:5005/'],
	[
		'over SSH',
		{...withDisplay, environment: {...ssh, DISPLAY: ':10'}},
		'  ssh -L 5005:localhost:5005 alice@192.0.2.20',
	],
])('%s, it says how to open the page', async (_, given, line) => {
	const machine = await setUp(given);
	const {output, results} = await choosing(machine, ['open']);
	expect(output.split('\n')).toContain(line);
	expect(output).not.toContain('✖');
	expect(results).toEqual([undefined]);
	expect((await machine.events.state()).opened).toBeUndefined();
});

test.each([
	['on Linux', () => setUp({...withDisplay, desktop: 'without-browser'}), 'xdg-open'],
	['on a Mac', () => macSetUp({mac: {console: 0}}, '--domain', 'user'), '/usr/bin/open'],
])('a browser that does not open %s is reported, with how to open the page', async (_, make, program) => {
	const {output, results} = await choosing(await make(), ['open']);
	expect(output).toMatch(
		new RegExp(`^✖ ${program} did not open the browser\\. Exit status \\d\\.\n\nOpen Vira`, 'u'),
	);
	expect(results).toEqual([undefined]);
});
