import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {keys, type Screen} from '../../scripts/terminal/screen.ts';
import {timeLimitMs, useMachine} from '../support/alice.ts';
import {buildRootProgram} from '../support/build-root-program.ts';
import {thenTell, watch} from '../support/terminal.ts';

const onMachine = useMachine();
const program = '/opt/root-program.mjs';
const password = 'correct horse';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'vira-setup-root-'));
	await buildRootProgram(join(folder, 'program.mjs'));
}, timeLimitMs);
afterAll(() => rm(folder, {recursive: true, force: true}));

/** Alice has a password, and sudo asks for it. */
const open = async (sudoers = 'alice ALL=(ALL:ALL) ALL\n'): Promise<Screen> => {
	const machine = onMachine();
	await machine.copyIn(join(folder, 'program.mjs'), program, {mode: '644', owner: 'root'});
	await machine.run(['chpasswd'], {input: `alice:${password}\n`});
	await machine.writeFile('/etc/sudoers.d/alice', sudoers, {mode: '440', owner: 'root'});
	return watch(machine.terminal(thenTell(['node', program])));
};

/** sudo loses a signal that comes after its question and before it waits for an answer: it sleeps once it does (proc(5)). */
const untilSudoWaits = async (): Promise<void> => {
	for (;;) {
		const {stdout} = await onMachine().run(['ps', '-C', 'sudo', '-o', 'stat=']);
		const states = stdout.split('\n').filter((state) => state !== '');
		if (states.length > 0 && states.every((state) => state.startsWith('S'))) return;
	}
};

const filesOfRoot = async (): Promise<string> => (await onMachine().run(['ls', '/root'])).stdout.trim();

test(
	'sudo gets the bare terminal for the password, which is neither shown nor read by us, and asks once',
	async () => {
		const screen = await open();
		const asking = await screen.shows('password for alice');
		expect(asking).toContain('sudo asks for your password:');
		expect(screen.isRestored).toBe(true);
		screen.press(password, keys.enter);
		expect(await screen.shows('told')).toContain('ended with 0\nicanon echo told');
		expect(screen.text).toContain('It is done.');
		expect(screen.history).not.toContain(password);
		expect(screen.history.match(/password for alice/gu)).toHaveLength(1);
		expect(await filesOfRoot()).toBe('first\nsecond');
	},
	timeLimitMs,
);

test(
	'if sudo remembers nothing, it asks each time',
	async () => {
		const screen = await open('Defaults timestamp_timeout=0\nalice ALL=(ALL:ALL) ALL\n');
		for (const told of [
			'One step needs administrator rights\\. sudo asks for your password:',
			'/root/first',
			'/root/second',
		]) {
			await screen.shows(new RegExp(`${told}\\n[^]*password for alice: *\\n*$`, 'u'));
			screen.press(password, keys.enter);
		}
		expect(await screen.shows('told')).toContain('It is done.');
		expect(await filesOfRoot()).toBe('first\nsecond');
	},
	timeLimitMs,
);

test(
	'Ctrl-C at the password prompt ends it, and nothing was done',
	async () => {
		const screen = await open();
		await screen.shows('password for alice');
		await untilSudoWaits();
		screen.press(keys.ctrlC);
		expect(await screen.shows('told')).toContain('It is cancelled.\nended with 0\nicanon echo told');
		expect(screen.isRestored).toBe(true);
		expect(await filesOfRoot()).toBe('');
	},
	timeLimitMs,
);

test(
	'three wrong passwords count as a refusal, and nothing was done',
	async () => {
		const screen = await open();
		for (const round of [1, 2, 3]) {
			await screen.shows(new RegExp(`(?:password for alice[^]*){${round}}`, 'u'));
			screen.press('wrong', keys.enter);
		}
		expect(await screen.shows('told')).toContain('It is undone.');
		expect(await filesOfRoot()).toBe('');
	},
	timeLimitMs,
);
