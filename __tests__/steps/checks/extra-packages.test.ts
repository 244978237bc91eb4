import {expect, test} from '@jest/globals';
import {put} from '../../support/installed.ts';
import {simulate} from '../../support/simulated-linux.ts';
import {proposeOn} from '../../support/settle.ts';

const elsewhere = '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-openssh-9.9p1';

test.each([
	[elsewhere, `${elsewhere} does not exist`],
	['~/tools', '/home/alice/tools does not exist'],
	['/opt/empty', '/opt/empty has no bin folder'],
	['/opt/tools', undefined],
	['nixpkgs#openssh', undefined],
])('for the extra package %s the report says: %s', async (extraPackage, said) => {
	const machine = await simulate();
	await put(machine, '/opt/tools/bin/tool', '');
	await put(machine, '/opt/empty/README', '');
	const {preview} = await proposeOn(machine, {extraPackages: [extraPackage]});
	const warnings = preview.warnings.filter(({code}) => code === 'extra-package-missing');
	expect(warnings.map(({option, message}) => [option, message])).toEqual(
		said === undefined
			? []
			: [['extraPackages', `The extra package ${said}: builds cannot find its programs.`]],
	);
});

test('a folder that only its owner can read is not reported as missing', async () => {
	const machine = await simulate();
	const denied = Object.assign(new Error('EACCES'), {code: 'EACCES'});
	const closed = {
		...machine,
		inspect: async (path: string) => {
			if (path.startsWith('/root/tools')) throw denied;
			return machine.inspect(path);
		},
	};
	const {preview} = await proposeOn(closed, {extraPackages: ['/root/tools']});
	expect(preview.warnings.filter(({code}) => code === 'extra-package-missing')).toEqual([]);
});
