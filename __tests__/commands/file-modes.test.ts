import {expect, test} from '@jest/globals';
import type {Command} from '../../src/platform/system.ts';
import {detect} from '../../src/steps/detect.ts';
import {load} from '../../src/steps/load/load.ts';
import {settingsSaver} from '../../src/steps/plan/paths-in-form.ts';
import {macWithPerson, simulateMac} from '../support/simulated-mac.ts';
import {pictureOf, type Pictured} from '../support/picture-of.ts';
import {simulate} from '../support/simulated-linux.ts';
import {run} from '../support/run-command.ts';
import {proposeOn} from '../support/settle.ts';

const machines = {
	Linux: () => simulate(),
	'a Mac': () => simulateMac(),
	'a Mac with a daemon': async () => (await macWithPerson()).machine,
} satisfies Readonly<Record<string, () => Promise<Pictured>>>;

/** The same on every machine, below the home folder. */
const everywhere = {
	'.config': '0700 folder',
	'.config/vira-setup': '0700 folder',
	'.config/vira-setup/initial-state.json': '0600',
	'.config/vira-setup/settings.json': '0600',
	'.local/share': '0700 folder',
	'.local/share/vira': '0700 folder',
	'.local/share/vira/state': '0700 folder',
	'.local/share/vira/state/before-update-#.json': '0600',
	'.local/state/vira-setup': '0700 folder',
	'.local/state/vira-setup/receipt.json': '0600',
	'.local/state/vira-setup/nix': '0700 folder',
	'.local/state/vira-setup/nix/github-juspay-vira-fe93dc0b': '0700 folder',
	'.local/state/vira-setup/nix/github-juspay-vira-fe93dc0b/result': '->',
	'.local/state/vira-setup/versions': '0700 folder',
	'.local/state/vira-setup/versions/initial-state.#.json': '0600',
	'.local/state/vira-setup/versions/settings.#.json': '0600',
};

/** Created by others: by Vira in its folder, and by systemd and logind. */
const isOfOthers = (path: string): boolean =>
	/\/(?:ViraState|workspace|tls|cache-keys|schema-version|linger|default\.target\.wants)(?:\/|$)/u.test(path);

/** Our files and folders that a run created, with their modes: those of the home folder by their contents. */
const madeBy = async (machine: Pictured, ...runs: readonly (readonly string[])[]) => {
	const before = (await pictureOf(machine)).files;
	for (const words of runs) expect((await run(machine, ...words)).code).toBe(0);
	return Object.fromEntries(
		Object.entries((await pictureOf(machine)).files)
			.filter(([path, text]) => before[path] !== text && !isOfOthers(path))
			.map(([path, text]) => [
				path.replace(/^\/(?:home|Users)\/alice\//u, '').replace(/[0-9a-f]{12}(?=\.)|\d{8}T\d{6}/u, '#'),
				/^(?:\d{4}(?: folder$)?|->)/u.exec(text)?.[0],
			]),
	);
};

test.each([
	[
		'Linux',
		[],
		{
			...everywhere,
			'.config/systemd': '0700 folder',
			'.config/systemd/user': '0700 folder',
			'.config/systemd/user/vira.service': '0600',
			'.local/state/vira-setup/versions/vira.#.service': '0600',
		},
	],
	[
		'a Mac',
		[],
		{
			...everywhere,
			'Library/LaunchAgents': '0700 folder',
			'Library/LaunchAgents/org.vira.service.plist': '0644',
			'.local/state/vira-setup/versions/org.vira.service.#.plist': '0600',
		},
	],
	[
		'a Mac with a daemon',
		['--domain', 'system'],
		{
			...everywhere,
			'/Library/LaunchDaemons/org.vira.service.plist': '0644',
			'.local/state/vira-setup/versions/org.vira.service.#.plist': '0600',
		},
	],
] as const)(
	'on %s, everything that is created is private, except files that launchd has to read',
	async (kind, words, made) => {
		const repository = (name: string) => ['--repository', `${name}=https://example.org/${name}`];
		const first = [...words, ...repository('a')];
		const second = [...words, ...repository('b'), '--package', 'github:juspay/vira'];
		expect(await madeBy(await machines[kind](), first, second)).toEqual(made);
	},
);

test('so are files that wait for root to copy them', async () => {
	const {machine} = await macWithPerson();
	const waiting: (number | undefined)[] = [];
	const watched = {
		...machine,
		runAsRoot: async (command: Command) => {
			const staged = command.find((word) => word.startsWith('/Users/alice/'));
			if (staged !== undefined) waiting.push((await machine.inspect(staged))?.mode);
			return machine.runAsRoot(command);
		},
	};
	expect((await run(watched, '--domain', 'system')).code).toBe(0);
	expect(waiting).toEqual([0o600]);
});

test('so is a settings file for another machine', async () => {
	const machine = await simulate();
	const facts = await detect(machine);
	const existing = await load(machine, facts);
	const {settings} = await proposeOn(machine);
	await settingsSaver(machine, existing).save(settings, '~/x.json');
	expect(await machine.inspect('/home/alice/x.json')).toMatchObject({mode: 0o600});
});
