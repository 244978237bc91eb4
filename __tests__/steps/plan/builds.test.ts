import {expect, test} from '@jest/globals';
import type {System} from '../../../src/platform/system.ts';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import type {Settings} from '../../../src/settings/options.ts';
import {apply} from '../../../src/steps/execute/apply.ts';
import {parseReceipt} from '../../../src/platform/installed/receipt.ts';
import {commandText} from '../../../src/platform/command-text.ts';
import {describeAction} from '../../../src/ui/words/describe.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {printedRefusal, refusedWith, run} from '../../support/run-command.ts';
import {drain, proposeOn, settle} from '../../support/settle.ts';

const unit = '/home/alice/.config/systemd/user/vira.service';
const links = '/home/alice/.local/state/vira-setup/nix';
const vira = `${links}/github-juspay-vira-fe93dc0b`;
const openssh = `${links}/nixpkgs-openssh-916229f5`;
const gh = `${links}/nixpkgs-gh-c62f0c61`;

const planned = async (machine: System, changes: Partial<Settings>): Promise<readonly string[]> =>
	(await proposeOn(machine, changes)).actions.map((action) =>
		action.does === 'run' && action.withinMs !== undefined
			? `Run ${commandText(action.command)}`
			: describeAction(action, '/home/alice'),
	);

const build = (folder: string, what: string): string =>
	`Run /home/alice/.nix-profile/bin/nix --extra-experimental-features 'nix-command flakes' build --accept-flake-config --no-write-lock-file --print-build-logs --out-link ${folder}/result -- ${what}`;

/** A machine on which a Vira with another schema than the flake's created its state. */
const withOldState = async (): Promise<Simulation> => {
	const old = {path: '/home/alice/bin/vira', version: '0.0.9', schema: 2, behaviour: 'well'} as const;
	const machine = await simulate({vira: old});
	await run(machine, '--package', old.path);
	return machine;
};

test('packages are built first, and Vira is checked, before the service stops', async () => {
	const machine = await simulate();
	await settle(machine);
	expect(await planned(machine, {package: 'github:juspay/vira', extraPackages: ['nixpkgs#openssh']})).toEqual(
		[
			'Change ~/.local/state/vira-setup/receipt.json',
			'Create ~/.local/state/vira-setup/nix',
			`Create ${vira.replace('/home/alice', '~')}`,
			build(vira, 'github:juspay/vira'),
			`Create ${openssh.replace('/home/alice', '~')}`,
			build(openssh, "'nixpkgs#openssh'"),
			'Check what the new Vira supports',
			'Create ~/.local/state/vira-setup/versions',
			'Create ~/.local/state/vira-setup/versions/vira.571f0a36cdea.service',
			'Create ~/.local/state/vira-setup/versions/settings.f33d3af20702.json',
			'Stop Vira',
			'Save the output of /home/alice/.local/state/vira-setup/nix/github-juspay-vira-fe93dc0b/result/bin/vira --state-dir /home/alice/.local/share/vira/state export to ~/.local/share/vira/state/before-update-20260302T090000.json, if Vira supports it',
			'Change ~/.config/vira-setup/settings.json',
			'Change ~/.config/systemd/user/vira.service',
			'Clear earlier failures',
			'Start Vira',
			'Change ~/.local/state/vira-setup/receipt.json',
		],
	);
});

test('the service runs through the link, and both outputs of a package are on its PATH', async () => {
	const machine = await simulate();
	await settle(machine, {package: 'github:juspay/vira', extraPackages: ['nixpkgs#openssh']});
	const text = await machine.readFile(unit);
	expect(text).toContain(`ExecStart="${vira}/result/bin/vira"`);
	expect(text).toContain(`PATH=${openssh}/result/bin:${openssh}/result-bin/bin:/home/alice/.nix-profile/bin`);
	const {units} = await machine.events.state();
	expect(units['vira.service']?.active).toBe('active');
});

test('an existing build is kept; one that is no longer used is removed last', async () => {
	const machine = await simulate();
	await settle(machine, {extraPackages: ['nixpkgs#openssh', 'nixpkgs#gh']});
	const actions = await planned(machine, {extraPackages: ['nixpkgs#openssh'], port: 8443});
	expect(actions.filter((one) => one.includes('nix'))).toEqual([
		`Remove the link ${gh.replace('/home/alice', '~')}/result`,
		`Remove the folder ${gh.replace('/home/alice', '~')}`,
	]);
	expect(actions.at(-4)).toBe('Start Vira');
	await settle(machine, {extraPackages: ['nixpkgs#openssh']});
	expect(await machine.list(links)).toEqual([openssh.slice(links.length + 1)]);
	const receipt = parseReceipt(
		(await machine.readFile('/home/alice/.local/state/vira-setup/receipt.json')) ?? '',
	);
	expect(receipt?.links).toEqual([openssh]);
	expect(receipt?.folders).not.toContain(gh);
});

test('a lost link is created again, and the service restarts', async () => {
	const machine = await simulate();
	await settle(machine, {package: 'github:juspay/vira'});
	await machine.deleteFile(`${vira}/result`);
	const actions = await planned(machine, {});
	expect(actions).toContain(build(vira, 'github:juspay/vira'));
	expect(actions).toContain('Start Vira');
	expect((await settle(machine)).result).toBe('done');
	expect(await planned(machine, {})).toEqual([]);
});

test('a build reports its progress', async () => {
	const machine = await simulate();
	const {actions} = await proposeOn(machine, {extraPackages: ['nixpkgs#openssh']});
	const {told} = await drain(apply(actions, machine, new AbortController().signal));
	const lines = told.flatMap((one) => (one.at === 'working' ? [one.line] : []));
	expect(lines.at(-1)).toBe('openssh-9.9p1> [3 of 3] at work');
});

test('Ctrl-C during a build ends it, and everything is undone', async () => {
	const machine = await simulate();
	const before = await pictureOf(machine);
	const {actions} = await proposeOn(machine, {package: 'github:juspay/vira'});
	const ending = new AbortController();
	const stream = apply(actions, machine, ending.signal);
	for (;;) {
		const next = await stream.next();
		if (next.done) {
			expect(next.value).toEqual({result: 'cancelled', notUndone: []});
			break;
		}
		if (next.value.at === 'working') ending.abort();
	}
	expect(await pictureOf(machine)).toEqual(before);
});

test('a build that fails: exit 5, its last lines, nothing remains', async () => {
	const machine = await simulate({flakes: {'path:/x#y': {name: 'y-1', seconds: 1, fails: true}}});
	const before = await pictureOf(machine);
	const {code, document} = await run(machine, '--extra-package', 'path:/x#y');
	expect([code, document['changed'], document['error']]).toMatchObject([
		5,
		false,
		{
			code: 'refused',
			message: 'Nix could not build path:/x#y.',
			detail: expect.stringMatching(/Exit status 1\.$/u),
			log: ['y-1> make: *** [all] Error 2', expect.stringContaining('failed with exit code 2')],
		},
	]);
	expect(await pictureOf(machine)).toEqual(before);
});

test('a built Vira that would delete the state is undone, with the way to keep the state', async () => {
	const machine = await withOldState();
	const before = await pictureOf(machine);
	const words = ['--package', 'github:juspay/vira', '--allow-state-reset'];
	const {code, document} = await run(machine, ...words);
	expect([code, document['error']]).toMatchObject([
		3,
		{
			message: expect.stringMatching(
				/cannot read the state in \/home\/alice\/\.local\/share\/vira\/state and would delete it/u,
			),
			detail: expect.stringContaining('move such a state aside'),
			fixes: [
				{command: expect.stringContaining(' --out-link /home/alice/vira-new -- github:juspay/vira')},
				{command: 'vira-setup --package ~/vira-new'},
			],
		},
	]);
	expect(await pictureOf(machine)).toEqual(before);
	const kept = await run(machine, ...words, '--no-auto-reset-state');
	expect([kept.code, kept.document['error']]).toMatchObject([
		2,
		{message: expect.stringContaining('It would refuse to start')},
	]);
	expect(await pictureOf(machine)).toEqual(before);
});

test('a Nix build without bin/vira is not Vira', async () => {
	const machine = await simulate();
	const {code, document} = await run(machine, '--package', 'nixpkgs#openssh');
	expect([code, document['error']]).toMatchObject([
		2,
		{message: expect.stringContaining('The package that was built has no bin/vira')},
	]);
});

test('Nix without Vira: it is built; neither: exit 3 with the two choices', async () => {
	expect((await run(await simulate({vira: undefined}))).document).toMatchObject({
		outcome: 'installed',
		settings: {package: 'github:juspay/vira'},
	});
	expect(await printedRefusal(await simulate({vira: undefined, nix: undefined}))).toEqual({
		exit: 3,
		message: 'Neither Vira nor Nix, which could build it, was found on this machine.',
		fixes: [
			'Install Nix (https://nixos.org/download/). vira-setup then uses it to build Vira.',
			'Or give the path of an installed Vira: --package PATH',
		],
	});
});

test('without Nix, a package to build is refused where it was given', async () => {
	const words = ['--package', 'github:juspay/vira', '--extra-package', 'nixpkgs#gh'];
	expect(await refusedWith(await simulate({nix: undefined}), ...words)).toEqual({
		status: 2,
		said: [
			'--package: Nix is needed to build github:juspay/vira, but it was not found. Install Nix, or give the path of an installed package.',
			'--extra-package: Nix is needed to build nixpkgs#gh, but it was not found. Install Nix, or give the path of an installed package.',
		],
		changed: false,
	});
});
