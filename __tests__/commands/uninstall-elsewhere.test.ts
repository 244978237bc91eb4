import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {detect} from '../../src/steps/detect.ts';
import {survey} from '../../src/steps/health/survey.ts';
import {statusLines} from '../../src/ui/reports/status-lines.ts';
import {put, unitPath} from '../support/installed.ts';
import {pictureOf} from '../support/picture-of.ts';
import {refusal, run} from '../support/run-command.ts';

const home = '/home/alice';
const vira = `${home}/.local/share/vira`;
const config = `${home}/.config/vira-setup`;
const receiptPath = `${home}/.local/state/vira-setup/receipt.json`;

/** Moves a folder to another path, and leaves a link to it, as a user does. */
const moveAway = async (machine: Simulation, folder: string, to: string): Promise<void> => {
	await put(machine, `${to}/x`, '');
	await machine.deleteFile(`${to}/x`);
	for (const name of (await machine.list(folder)) ?? [])
		await machine.move(`${folder}/${name}`, `${to}/${name}`);
	await machine.deleteFolder(folder, {withContents: false});
	const {links} = await machine.events.state();
	const moved = Object.fromEntries(
		Object.entries(links).map(([link, target]) => [link.replace(`${folder}/`, `${to}/`), target] as const),
	);
	await machine.events.change({links: {...moved, [folder]: to}});
};

const setUpWith = async (folder: string, to: string): Promise<Simulation> => {
	const machine = await simulate({readOnly: []});
	await run(machine, '--repository', 'a=https://x/a');
	await moveAway(machine, folder, to);
	return machine;
};

const removal = async (machine: Simulation, ...words: readonly string[]) => {
	const {code, document, written} = await run(machine, 'uninstall', ...words);
	const left = document['leftovers'] as readonly {readonly path: string | null; readonly what: string}[];
	return {code, written, left: Object.fromEntries(left.map(({path, what}) => [path ?? '', what]))};
};

const stays = (to: string): string => `a link not created by vira-setup; both it and ${to} are kept`;

describe('a folder that the user moved, with a link in its place', () => {
	test.each([vira, `${home}/.local/share/vira/state`])(
		'%s: --purge says where the state is, and deletes nothing of it',
		async (folder) => {
			const machine = await setUpWith(folder, '/srv/x');
			const before = (await pictureOf(machine)).files;
			const {code, left} = await removal(machine, '--purge');
			expect([code, left[`${vira}/state`]]).toEqual([
				0,
				folder === vira
					? `Vira's state: repositories, jobs and keys; not deleted: ${vira} is now a link to /srv/x`
					: "Vira's state: repositories, jobs and keys; not deleted: it is a link to /srv/x",
			]);
			const inState = (files: typeof before) =>
				Object.entries(files).filter(([path]) => path.startsWith('/srv/x/'));
			expect(inState(before).length).toBeGreaterThan(0);
			expect(inState((await pictureOf(machine)).files)).toEqual(inState(before));
		},
	);

	test.each([config, `${home}/.config/systemd`, `${home}/.local/state/vira-setup`])(
		'%s: the files in the receipt are removed, and the link and its target are named',
		async (folder) => {
			const machine = await setUpWith(folder, '/srv/x');
			const {code, left} = await removal(machine);
			expect([code, left[folder]]).toEqual([0, stays('/srv/x')]);
			expect(await machine.list('/srv/x')).toEqual([]);
			expect(await machine.inspect(unitPath)).toBeUndefined();
		},
	);

	test.each([config, vira, `${home}/.config`])('%s: a setup continues through it', async (folder) => {
		const machine = await setUpWith(folder, `${home}/dotfiles`);
		expect((await run(machine, '--port', '7009')).document.outcome).toBe('updated');
		expect((await run(machine, '--port', '7009')).document.outcome).toBe('unchanged');
	});
});

test('a state behind the user’s own earlier link is removed by --purge, and the preview says where it is', async () => {
	const machine = await simulate({readOnly: []});
	await put(machine, '/srv/share/mine', 'x');
	await put(machine, '/home/alice/.local/x', '');
	const {links} = await machine.events.state();
	await machine.events.change({links: {...links, [`${home}/.local/share`]: '/srv/share'}});
	await run(machine, '--repository', 'a=https://x/a');
	const note = "Vira's state is in /srv/share/vira/state: it would be deleted there.";
	expect((await removal(machine, '--dry-run')).written).not.toContain(note);
	expect((await removal(machine, '--dry-run', '--purge')).written).toContain(note);
	expect((await removal(machine, '--purge')).code).toBe(0);
	expect(await machine.list('/srv/share')).toEqual(['mine']);
});

describe('XDG_STATE_HOME was different when Vira was set up', () => {
	const machineSetUp = async (): Promise<Simulation> => {
		const machine = await simulate({
			environment: {XDG_STATE_HOME: `${home}/st`, XDG_CONFIG_HOME: `${home}/cfg`},
		});
		await run(machine);
		return {...machine, environment: {}};
	};
	const why = `${receiptPath} does not exist: XDG_STATE_HOME may have had another value when Vira was set up.`;

	test('uninstall says so, removes nothing, and ends with exit 3', async () => {
		const machine = await machineSetUp();
		const {serviceFiles} = await detect(machine);
		const before = await pictureOf(machine);
		expect(await refusal(machine, 'uninstall', '--purge')).toMatchObject({
			exit: 3,
			message: expect.stringContaining(`${serviceFiles[0]} was created by vira-setup`),
			detail: why,
		});
		expect(await pictureOf(machine)).toEqual(before);
	});

	test('with the earlier value, uninstall removes it', async () => {
		const machine = {...(await machineSetUp()), environment: {XDG_STATE_HOME: `${home}/st`}};
		expect(await run(machine, 'uninstall', '--purge')).toMatchObject({
			code: 0,
			document: {outcome: 'removed'},
		});
	});

	test('status names the owner of the service', async () => {
		const machine = await machineSetUp();
		const lines = statusLines(await survey(machine, await detect(machine)));
		expect(lines[0]).toBe('✖ Vira is not set up here.');
		expect(lines[1]).toMatch(/^ {2}Found a service created by vira-setup: .* \(running, PID \d+\)$/u);
		expect(lines[2]).toBe(`  ${why}`);
	});
});

test('settings without read permission are reported as such, and kept', async () => {
	const machine = await simulate();
	await run(machine);
	await machine.events.change({unreadable: [`${config}/settings.json`]});
	const {code, left} = await removal(machine);
	expect([code, left[`${config}/settings.json`]]).toEqual([
		0,
		'created by vira-setup; kept, because it cannot be read and may have been changed',
	]);
	expect(await machine.inspect(unitPath)).toBeUndefined();
});
