import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {chosenSuite} from '../../scripts/machine/recipe.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {keys, type Screen} from '../../scripts/terminal/screen.ts';
import {serviceProperty, timeLimitMs} from '../support/alice.ts';
import {thenTell, watch} from '../support/terminal.ts';
import {validDocument} from '../support/valid-document.ts';
import type {Variables} from './forge/as-service.ts';
import {followPrinted, readinessBy, type Check} from './forge/check.ts';
import {asRoot, internalAuthority, openForge, proxy} from './forge/forge.ts';
import {readyNix, startDaemon, stopDaemon} from './forge/nix-situations.ts';
import {packages} from './forge/packages.ts';
import {all, createKey, knowHost, over, passphrase, registerKey, reset} from './forge/situation.ts';

/** The Nix of Debian 11 is too old for flakes: there no build can succeed, and a repository alone can be ready. */
const hasNix = chosenSuite() !== 'bullseye';

let machine: Machine;

beforeAll(async () => {
	machine = await bootMachine({packages});
	await Promise.all([openForge(machine), installVira(machine)]);
}, 600_000);
beforeEach(async () => {
	await machine.run(['vira-setup', 'uninstall', '--yes', '--purge'], {as: 'alice'});
	await asRoot(machine, 'loginctl disable-linger alice');
	await reset(machine);
	if (hasNix) await all(readyNix, startDaemon)(machine);
}, timeLimitMs);
afterAll(async () => machine.destroy());

const lockedKey = all((one) => createKey(one, passphrase), registerKey, knowHost);

const repository = (url: string) => ['--repository', `app=${url}`];

const openWizard = (words: readonly string[], env: Variables = {}, size = {cols: 80, rows: 24}): Screen =>
	watch(machine.terminal(thenTell(['vira-setup', ...words]), {...size, env}));

/** Accepts the preview that is shown, and waits for the end. */
const install = async (screen: Screen): Promise<void> => {
	await screen.shows('[3 Preview]');
	screen.press(keys.enter);
	expect(await screen.shows('told')).toContain('ended with 0');
};

const problemsBy = async (...words: readonly string[]): Promise<readonly Check[]> =>
	(await readinessBy(machine, words)).filter(({level}) => level === 'error');

const codes = (checks: readonly Check[]) => checks.map(({code}) => code);

/** Of a machine where nothing else is amiss. */
const onlyNix = hasNix ? [] : ['nix-too-old'];

/** Types what ssh-keygen asks for, as a person does. */
const removePassphrase = async (command: string): Promise<void> => {
	const shell = watch(machine.terminal(['sh', '-c', `${command}; echo told`]));
	await shell.shows('passphrase:');
	shell.press(passphrase, keys.enter);
	await shell.shows('told');
};

test(
	'a key with a passphrase is shown beside its repository, with what to do; then the repository is ready',
	async () => {
		await lockedKey(machine);
		const words = repository(over.ssh);
		const screen = openWizard(words);
		await screen.shows('Builds: ');
		screen.press(keys.enter);
		await screen.shows('[2 Options]');
		screen.press('/repos', keys.enter);
		await screen.shows('› Repositories');
		screen.press(keys.enter);
		await screen.shows(/› app=\S+\n *! app: the SSH key for git\.example\.org has a passphrase/u);
		screen.press(keys.escape);
		await screen.shows('b shows why');
		screen.press('b');
		await screen.shows('✖ app: the SSH key');
		const found = await problemsBy('--non-interactive', '--dry-run', ...words);
		const [command = ''] = found.flatMap(({code, fixes}) =>
			code === 'repository-key-passphrase' ? (fixes[0]?.command ?? []) : [],
		);
		expect(screen.text).toContain(command);
		await removePassphrase(command);
		screen.press('r');
		await screen.shows('✔ git can read app');
		screen.press(keys.escape);
		await screen.shows(hasNix ? '✔ Builds: ready' : '✖ Builds: This Nix is too old for flakes  b shows why');
		screen.press(keys.ctrlS);
		await install(screen);
		expect(screen.said.includes('Before the first build can succeed:')).toBe(!hasNix);
		expect(codes(await problemsBy('doctor'))).toEqual(onlyNix);
	},
	timeLimitMs,
);

const inShellOnly = [
	{
		what: 'a proxy',
		url: 'https://behind.example.org/public/project.git',
		shell: {https_proxy: proxy},
		code: 'repository-proxy-in-shell',
	},
	{
		what: 'a certificate',
		url: over.internalHttps,
		shell: {GIT_SSL_CAINFO: internalAuthority},
		code: 'repository-certificate-in-shell',
	},
];

describe.each(inShellOnly)('$what that only the shell has', ({url, shell, code}) => {
	const [[name, value]] = Object.entries(shell) as [[string, string]];

	test(
		'Enter gives it to the service: the preview shows it, and the service has it',
		async () => {
			const screen = openWizard(repository(url), shell);
			await screen.shows('b shows why');
			screen.press('b');
			await screen.shows(`› Add ${name} to the service`);
			screen.press(keys.enter);
			await screen.shows('✔ git can read app');
			screen.press(keys.escape);
			await screen.shows('Turn it on');
			screen.press(keys.enter);
			await screen.shows('[2 Options]');
			screen.press(keys.ctrlS);
			await screen.shows('1 of 7: Summary');
			screen.press(keys.tab);
			await screen.shows('2 of 7');
			screen.press(keys.pageDown);
			expect(await screen.shows(`+ Environment="${name}=${value}"`)).toContain('[3 Preview]');
			await install(screen);
			const pid = await serviceProperty(machine, 'MainPID');
			const running = await asRoot(machine, `tr '\\0' '\\n' </proc/${pid}/environ`);
			expect(running.split('\n')).toContain(`${name}=${value}`);
			expect(codes(await problemsBy('doctor'))).toEqual(onlyNix);
		},
		timeLimitMs,
	);

	test(
		'scripts and doctor name it, and --require-ready changes nothing',
		async () => demandFoundByScripts({words: repository(url), shell, code, others: onlyNix}),
		timeLimitMs,
	);
});

interface Expected {
	readonly words: readonly string[];
	readonly shell?: Variables;
	/** What is found in addition to `others`. */
	readonly code: string;
	readonly others: readonly string[];
}

/** A run that asks nothing is refused with `--require-ready`, and succeeds without it; both name the problem, as doctor does. */
const demandFoundByScripts = async ({words, shell = {}, code, others}: Expected): Promise<void> => {
	const options = {as: 'alice', env: shell} as const;
	const command = ['vira-setup', '--non-interactive', '--json', ...words];
	const expected = [...others, code].toSorted();
	const before = await machine.snapshot(['/home/alice']);
	const refused = await machine.run([...command, '--require-ready'], options);
	expect([refused.exitCode, validDocument(refused.stdout).outcome]).toEqual([3, 'failed']);
	expect(await machine.snapshot(['/home/alice'])).toEqual(before);
	const {exitCode, stdout} = await machine.run(command, options);
	const checks = validDocument(stdout)['readiness'] as readonly Check[];
	expect([exitCode, codes(checks.filter(({level}) => level === 'error')).toSorted()]).toEqual([0, expected]);
	const found = (await readinessBy(machine, ['doctor'], shell)).filter(({level}) => level === 'error');
	expect(codes(found).toSorted()).toEqual(expected);
};

test(
	'a key with a passphrase: scripts and doctor name it, and --require-ready changes nothing',
	async () => {
		await lockedKey(machine);
		await demandFoundByScripts({
			words: repository(over.ssh),
			code: 'repository-key-passphrase',
			others: onlyNix,
		});
	},
	timeLimitMs,
);

// The Nix of Debian 11 does not ask its daemon before it says that it is too old.
(hasNix ? describe : describe.skip)('a Nix daemon that is stopped', () => {
	const words = repository(over.publicHttps);

	test(
		'the wizard says so first and last, and what it prints ends it',
		async () => {
			await stopDaemon(machine);
			const screen = openWizard(words);
			await screen.shows('✖ Builds: The Nix daemon does not respond  b shows why');
			expect(screen.text).toContain('[1 Machine]');
			screen.press(keys.enter);
			await screen.shows('[2 Options]');
			screen.press(keys.ctrlS);
			await install(screen);
			const [, last = ''] = screen.said.split('Before the first build can succeed:');
			const [problem] = await problemsBy('doctor');
			expect(last).toContain('✖ The Nix daemon does not respond.');
			expect(last).toContain(problem?.fixes[0]?.command ?? 'no command');
			if (problem) await followPrinted(machine, problem);
			expect(await problemsBy('doctor')).toEqual([]);
		},
		timeLimitMs,
	);

	test(
		'scripts and doctor name it, and --require-ready changes nothing',
		async () => {
			await stopDaemon(machine);
			await demandFoundByScripts({words, code: 'nix-daemon-stopped', others: []});
		},
		timeLimitMs,
	);
});

const withoutBlanks = (text: string): string => text.replaceAll(/\s/gu, '');

/** A small screen is its title, what can be scrolled, and its keys. */
const bodyOf = (text: string): readonly string[] => text.split('\n').slice(1, -1);

/** Whether the last line offers that key, alone or with the opposite one. */
const offers = (screen: Screen, key: 'PgUp' | 'PgDn'): boolean =>
	new RegExp(`${key} .|PgUp/PgDn`, 'u').test(screen.text);

/** Everything that a screen shows while it is scrolled down, page by page. */
const scrolledThrough = async (screen: Screen): Promise<string> => {
	while (offers(screen, 'PgUp')) {
		const before = screen.text;
		screen.press(keys.pageUp);
		await screen.leaves(before);
	}
	let shown = bodyOf(screen.text);
	while (offers(screen, 'PgDn')) {
		const before = screen.text;
		screen.press(keys.pageDown);
		const page = bodyOf(await screen.leaves(before));
		const same = [...page.keys()].findLast((count) =>
			page.slice(0, count).every((row, index) => row === shown.at(index - count)),
		);
		shown = [...shown, ...page.slice(same)];
	}
	return withoutBlanks(shown.join(''));
};

test(
	'in a window of 40 columns and 12 rows, scrolling shows everything about builds',
	async () => {
		await lockedKey(machine);
		const shell = {https_proxy: proxy};
		const words = [
			...['--repository', `locked=${over.ssh}`],
			...['--repository', 'behind=https://behind.example.org/public/project.git'],
		];
		const checks = await readinessBy(machine, ['--non-interactive', '--dry-run', ...words], shell);
		const screen = openWizard(words, shell, {cols: 80, rows: 50});
		await screen.shows('b shows why');
		screen.press('b');
		const large = await screen.shows(/✖ locked: [^]*✖ behind: [^]*Environment\n/u);
		screen.resize(40, 12);
		await screen.leaves(large);
		await screen.shows(/^Vira setup  [^]*Pg.. .$/u);
		const whole = await scrolledThrough(screen);
		for (const {level, message, fixes} of checks.filter(({group}) => group !== 'machine'))
			if (level !== 'ok')
				for (const text of [message, ...fixes.map(({command, say}) => command ?? say)])
					expect(whole).toContain(withoutBlanks(text));
	},
	timeLimitMs,
);
