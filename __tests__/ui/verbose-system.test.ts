import {expect, test} from '@jest/globals';
import type {Command, RunResult, System} from '../../src/platform/system.ts';
import {verboseSystem} from '../../src/ui/verbose-system.ts';
import {simulate} from '../support/simulated-linux.ts';

const result = {exitCode: 0, stdout: '', stderr: '', timedOut: false, found: true};

/** The lines that are shown of what is done on a machine whose commands end with this result. */
const shownBy = async (
	use: (system: System) => Promise<unknown>,
	ended: Partial<RunResult> = {},
): Promise<readonly string[]> => {
	const lines: string[] = [];
	const run = async (): Promise<RunResult> => {
		lines.push('(it runs)');
		return {...result, ...ended};
	};
	await use(verboseSystem({...(await simulate()), run, runAsRoot: run}, (line) => lines.push(line)));
	return lines;
};

const show = ['systemctl', '--user', 'show', 'vira.service'] as const;

test('each change of a file is shown by its path and mode, without its contents', async () => {
	const folder = '/home/alice/new';
	const lines = await shownBy(async (system) => {
		await system.makeFolder(folder, 0o700);
		await system.makeFolder(folder, 0o700);
		await system.writeFile(`${folder}/a`, 'API_TOKEN=hunter2\n', 0o600);
		await system.move(`${folder}/a`, `${folder}/b`);
		await system.deleteFile(`${folder}/b`);
		await system.deleteFolder(folder, {withContents: false});
	});
	expect(lines).toEqual([
		'  creates: /home/alice/new (mode 0700)',
		'  writes: /home/alice/new/a (mode 0600, 18 bytes)',
		'  moves: /home/alice/new/a to /home/alice/new/b',
		'  deletes: /home/alice/new/b',
		'  deletes: /home/alice/new if it is empty',
	]);
});

test.each<readonly [Partial<RunResult>, readonly string[]]>([
	[{}, []],
	[{exitCode: 4}, ['  exit status 4: show it']],
	[{exitCode: undefined}, ['  stopped: show it']],
	[{exitCode: undefined, timedOut: true}, ['  timed out: show it']],
	[{exitCode: undefined, found: false}, ['  not found: show it']],
	[{exitCode: undefined, notStarted: 'permission denied'}, ['  permission denied: show it']],
])(
	'a command that ends with %j is shown before it runs, and why it did not succeed',
	async (ended, after) => {
		expect(await shownBy((system) => system.run(['show', 'it']), ended)).toEqual([
			'  runs: show it',
			'(it runs)',
			...after,
		]);
	},
);

test('a command that is repeated is shown again only after a change of a file', async () => {
	const lines = await shownBy(async (system) => {
		for (let count = 0; count < 3; count += 1) await system.run(show);
		await system.makeFolder('/home/alice/new', 0o700);
		await system.run(show);
	});
	expect(lines.filter((line) => line.includes('runs: '))).toHaveLength(2);
});

test('a command of root is shown with sudo', async () => {
	const lines = await shownBy((system) => system.runAsRoot(['loginctl', 'enable-linger', 'alice']));
	expect(lines[0]).toBe('  runs: sudo loginctl enable-linger alice');
});

test.each<readonly [Command, string]>([
	[['nix', 'build', 'git+https://me:hunter2@example.org/x'], 'nix build git+https://me:••••••@example.org/x'],
	[['env', 'API_TOKEN=hunter2', 'vira'], 'env API_TOKEN=•••••• vira'],
	[['vira', '--token', 'hunter2'], 'vira --token ••••••'],
	[['vira', '\u001B[31mred'], String.raw`vira $'\u001b[31mred'`],
])('no secret and no control character of %j is shown', async (command, text) => {
	expect((await shownBy((system) => system.run(command)))[0]).toBe(`  runs: ${text}`);
});

test('what the machine reads on first use is not read for it', async () => {
	const system = Object.defineProperties(
		{},
		{
			...Object.getOwnPropertyDescriptors(await simulate()),
			user: {
				get: () => {
					throw new Error('No account is needed.');
				},
				enumerable: true,
			},
		},
	) as System;
	expect(() => verboseSystem(system, () => undefined)).not.toThrow();
});
