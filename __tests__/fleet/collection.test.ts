import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {bootFleet, type Fleet} from '../../scripts/fleet/fleet.ts';
import {optionNames, optionOf} from '../../src/settings/options.ts';

const limitMs = 300_000;
const folder = '/root/collections/ansible_collections/vira/setup';

/** It makes a Mac of the machine: one over SSH, with a sudo that asks for no password, as Ansible needs it. */
const mac = `#!/bin/sh
exec vira-setup "$@" --simulate macos-headless --simulation-folder /root/mac
`;
const prepareMac = 'on-mac status; sed -i s/.sudo.:.password./\\"sudo\\":\\"free\\"/ /root/mac/machine.json';

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

	test(
		'on a simulated Mac over SSH, the module sets a daemon up, twice, and removes it',
		async () => {
			await fleet.control.writeFile('/usr/local/bin/on-mac', mac, {mode: '755'});
			await fleet.control.run(['sh', '-c', prepareMac]);
			const run = async (words: string): Promise<unknown> => {
				const argv = ['ansible', 'localhost', '-o', '-m', 'vira.setup.service'];
				const {stdout} = await within(...argv, '-a', `executable=on-mac ${words}`);
				return JSON.parse(stdout.slice(stdout.indexOf('{')));
			};
			const outcome = (changed: boolean) => expect.objectContaining({changed, outcome: expect.anything()});
			expect(await run('domain=system')).toEqual(outcome(true));
			expect(await run('domain=system')).toEqual(outcome(false));
			expect(await run('state=absent')).toEqual(outcome(true));
		},
		limitMs,
	);
});
