import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {bootFleet, type Fleet} from '../../scripts/fleet/fleet.ts';
import {optionNames, optionOf} from '../../src/settings/options.ts';

const limitMs = 300_000;
const folder = '/root/collections/ansible_collections/vira/setup';

const simulated = (machine: string, folder: string): string =>
	`#!/bin/sh\nexec vira-setup "$@" --simulate ${machine} --simulation-folder ${folder}\n`;

/** A Mac over SSH, with a sudo that asks for no password, as Ansible needs it. */
const prepareMac = 'on-mac status; sed -i s/.sudo.:.password./\\"sudo\\":\\"free\\"/ /root/mac/machine.json';

/** Another Vira where the flake is. */
const newerVira = 's/"name":"vira-0.1.0.0"/"name":"vira-0.2.0.0"/';

/**
 * It tests with what Debian has, since what it would install from the network cannot be had everywhere. It has to be
 * loaded before the tests, which take the function from there.
 */
const sanity = `
import sys
import ansible_test._internal.commands.sanity as sanity
sanity.create_sanity_virtualenv = lambda args, python, *more, **named: python
sanity.check_sanity_virtualenv_yaml = lambda python: True
from ansible_test._internal import main
sys.argv[0] = "/usr/bin/ansible-test"
main()
`;

/** They need packages that no Debian has, or in Debian 13 one that it lacks. */
const missing = {bookworm: ['pylint', 'pslint'], trixie: ['pylint', 'pslint', 'validate-modules']};

/** What ansible-doc prints of a module. */
interface Documented {
	readonly doc: {readonly options: Readonly<Record<string, {readonly type: string}>>};
	readonly examples: string;
}

describe.each(['bookworm', 'trixie'] as const)('with the Ansible of Debian %s', (suite) => {
	let fleet: Fleet;

	beforeAll(async () => {
		fleet = await bootFleet({suites: [], control: suite});
		// A copy of its own, since the linter and the sanity tests write beside what they read.
		const copy = `mkdir -p ${folder} && cp -r /usr/share/ansible/collections/ansible_collections/vira/setup/. ${folder}`;
		await fleet.control.run(['sh', '-c', `${copy} && cd ${folder} && git init -q && git add .`]);
	}, 1_200_000);

	afterAll(() => fleet.destroy());

	const within = (...words: readonly string[]) =>
		fleet.control.run(['env', `--chdir=${folder}`, 'ANSIBLE_COLLECTIONS_PATH=/root/collections', ...words], {
			timeoutMs: limitMs,
		});

	test(
		'ansible-lint finds nothing in its strictest profile',
		async () => {
			const {exitCode, stdout, stderr} = await within('ansible-lint', '--offline');
			expect([exitCode, stdout.trim()]).toEqual([0, '']);
			expect(stderr).toContain('production');
		},
		limitMs,
	);

	test(
		'ansible-doc shows every setting, of the module and of the role',
		async () => {
			const {stdout: json} = await within('ansible-doc', '--json', 'vira.setup.service');
			const modules = JSON.parse(json) as Record<string, Documented>;
			const {doc, examples} = modules['vira.setup.service'] ?? ({} as Partial<Documented>);
			const names = optionNames.map((name) =>
				name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`),
			);
			expect(Object.keys(doc?.options ?? {})).toEqual(expect.arrayContaining(names));
			expect(doc?.options['port']?.type).toBe('int');
			expect(examples).toContain('vira.setup.service:');
			const {stdout} = await within('ansible-doc', '--type', 'role', 'vira.setup.vira');
			for (const name of names) expect(stdout).toContain(`vira_${name}`);
			expect(stdout).toContain(optionOf('logLevel').help);
		},
		limitMs,
	);

	test('ansible-galaxy builds it, with everything that is run and without what is only for tests', async () => {
		await within('ansible-galaxy', 'collection', 'build', '--output-path', '/root/built');
		const {stdout} = await within('sh', '-c', 'tar -tzf /root/built/vira-setup-*.tar.gz');
		const files = stdout.split('\n');
		expect(files).toEqual(
			expect.arrayContaining(['LICENSE', 'plugins/modules/service.py', 'playbooks/rolling.yml']),
		);
		expect(files).not.toContain('.ansible-lint');
	});

	test(
		'the tests of Ansible for collections find nothing',
		async () => {
			const skipped = missing[suite].flatMap((name) => ['--skip-test', name]);
			const words = ['python3', '-c', sanity, 'sanity', '--color', 'no', ...skipped];
			const {exitCode, stdout, stderr} = await within(...words);
			expect([exitCode, stdout + stderr]).toEqual([0, expect.not.stringContaining('ERROR')]);
		},
		limitMs,
	);

	const runModule = async (
		executable: string,
		words: Readonly<Record<string, unknown>>,
	): Promise<unknown> => {
		const argv = ['ansible', 'localhost', '-o', '-m', 'vira.setup.service'];
		const {stdout} = await within(...argv, '-a', JSON.stringify({executable, ...words}));
		return JSON.parse(stdout.slice(stdout.indexOf('{')));
	};
	const result = (changed: boolean, outcome: string) => expect.objectContaining({changed, outcome});

	test(
		'on a simulated Mac over SSH, the module sets a daemon up, twice, and removes it',
		async () => {
			await fleet.control.writeFile('/usr/local/bin/on-mac', simulated('macos-headless', '/root/mac'), {
				mode: '755',
			});
			await fleet.control.run(['sh', '-c', prepareMac]);
			expect(await runModule('on-mac', {domain: 'system'})).toEqual(result(true, 'installed'));
			expect(await runModule('on-mac', {domain: 'system'})).toEqual(result(false, 'unchanged'));
			expect(await runModule('on-mac', {state: 'absent'})).toEqual(result(true, 'removed'));
		},
		limitMs,
	);

	test(
		'Vira from a Nix package is updated if there is something newer; the settings stay',
		async () => {
			await fleet.control.writeFile('/usr/local/bin/on-linux', simulated('linux', '/root/linux'), {
				mode: '755',
			});
			const settings = {package: 'github:juspay/vira', port: 8443};
			expect(await runModule('on-linux', settings)).toEqual(result(true, 'installed'));
			expect(await runModule('on-linux', {state: 'updated'})).toEqual(result(false, 'unchanged'));
			await fleet.control.run(['sed', '-i', newerVira, '/root/linux/machine.json']);
			expect(await runModule('on-linux', {state: 'updated'})).toEqual(
				expect.objectContaining({changed: true, outcome: 'updated', url: 'https://localhost:8443/'}),
			);
			expect(await runModule('on-linux', settings)).toEqual(result(false, 'unchanged'));
		},
		limitMs,
	);
});
