import {expect, test} from '@jest/globals';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {put} from '../../support/installed.ts';
import {proposeOn} from '../../support/settle.ts';

const storePath = '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-tools-1.0';

const warningsWith = async (state: Partial<MachineState>, extraPackage: string) => {
	const machine = await simulate(state);
	await put(machine, `${storePath}/bin/tool`, '');
	const {preview} = await proposeOn(machine, {extraPackages: [extraPackage]});
	return preview.warnings.filter(({code}) => code === 'no-gc-root');
};

const warning = {
	code: 'no-gc-root',
	option: 'extraPackages',
	message: `${storePath} has no garbage collector root: the next Nix garbage collection deletes it.`,
	fixes: [{say: '', command: `nix-store --add-root /home/alice/.nix-roots/tools-1.0 --realise ${storePath}`}],
};

test.each<readonly [string, Partial<MachineState>, string, boolean]>([
	['a store path that nothing protects', {}, storePath, true],
	['a store path that a link protects', {links: {'/home/alice/result': storePath}}, storePath, false],
	['that link', {links: {'/home/alice/result': storePath}}, '/home/alice/result', false],
	['a folder in a profile', {}, '~/.nix-profile', false],
	['a folder elsewhere', {}, '/opt/tools', false],
	['a store path if Nix does not respond', {nix: undefined}, storePath, true],
	[
		'a link into the store if Nix does not respond',
		{nix: undefined, links: {'/home/alice/result': storePath}},
		'~/result',
		false,
	],
])('%s', async (_, state, extraPackage, warned) => {
	expect(await warningsWith(state, extraPackage)).toEqual(warned ? [warning] : []);
});

test('a store path that only a running process protects', async () => {
	const machine = await simulate();
	const said = `/proc/1201/exe -> ${storePath}\n{censored} -> ${storePath}\n`;
	const running: Simulation = {
		...machine,
		run: async (command, options) =>
			command.includes('--roots')
				? {exitCode: 0, stdout: said, stderr: '', timedOut: false, found: true}
				: machine.run(command, options),
	};
	await put(machine, `${storePath}/bin/tool`, '');
	const {preview} = await proposeOn(running, {extraPackages: [storePath]});
	expect(preview.warnings.filter(({code}) => code === 'no-gc-root')).toEqual([warning]);
});

test('Vira itself as a store path', async () => {
	const machine = await simulate();
	const {realPath = ''} = (await machine.inspect('/home/alice/.nix-profile/bin/vira')) ?? {};
	const {preview} = await proposeOn(machine, {package: realPath});
	expect(preview.warnings.filter(({code}) => code === 'no-gc-root')).toHaveLength(1);
});
