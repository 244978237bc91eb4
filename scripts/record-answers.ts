import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {format, resolveConfig} from 'prettier';
import {asService, serviceAsks, shellAsks, type Answer} from '../__tests__/system/forge/as-service.ts';
import {openForge} from '../__tests__/system/forge/forge.ts';
import {
	loginSituations,
	resetLogins,
	type LoginSituation,
} from '../__tests__/system/forge/login-situations.ts';
import {flake, nixSituations, type NixSituation} from '../__tests__/system/forge/nix-situations.ts';
import {packages} from '../__tests__/system/forge/packages.ts';
import {reset, type Situation} from '../__tests__/system/forge/situation.ts';
import {situations} from '../__tests__/system/forge/situations.ts';
import {settled} from '../__tests__/support/recorded/recorded.ts';
import {bootMachine, type Machine} from './machine/machine.ts';
import {chosenSuite} from './machine/recipe.ts';

/**
 * Records what the real programs of a Debian print, below __tests__/support/recorded: each situation of the forge in
 * alice's shell and in a user service, and what gh and Nix print there. VIRA_SETUP_SUITE chooses the release. Needs root on a Debian.
 */
const suite = chosenSuite();
const folder = join(import.meta.dirname, '../__tests__/support/recorded', suite);

const recorded = ({exitCode, stdout, stderr, late}: Answer) =>
	late ? {late, stderr: settled(stderr)} : {exitCode, stdout: settled(stdout), stderr: settled(stderr)};

const recordSituation = async (machine: Machine, {arrange, ...situation}: Situation) => {
	const {name, url, shell = {}, service = {}, serviceConfig = {}} = situation;
	const fresh = async () => {
		await reset(machine);
		await arrange?.(machine);
	};
	await fresh();
	const inShell = recorded(await shellAsks(machine, url, shell));
	await fresh();
	const inService = recorded(await serviceAsks(machine, url, {environment: service, serviceConfig}));
	return {
		situation: name,
		url,
		shell: {environment: shell, ...inShell},
		service: {environment: service, ...inService},
	};
};

const printed = async (machine: Machine, ...command: readonly string[]): Promise<string> => {
	const {stdout, stderr} = await machine.run(command);
	return (stdout + stderr).trim();
};

const write = async (name: string, value: unknown): Promise<void> => {
	await mkdir(folder, {recursive: true});
	const path = join(folder, name);
	const options = await resolveConfig(path);
	await writeFile(path, await format(JSON.stringify(value), {...options, parser: 'json'}));
};

const recordGit = async (machine: Machine): Promise<void> => {
	await openForge(machine);
	const answers = [];
	for (const situation of situations) answers.push(await recordSituation(machine, situation));
	const programs = {
		debian: suite,
		systemd: (await printed(machine, 'systemctl', '--version')).split('\n')[0],
		git: await printed(machine, 'git', '--version'),
		ssh: await printed(machine, 'ssh', '-V'),
	};
	await write('git.json', {programs, command: ['git', 'ls-remote', 'URL'], answers});
};

const onNewMachine = async <T>(use: (machine: Machine) => Promise<T>): Promise<T> => {
	const machine = await bootMachine({suite, packages});
	try {
		return await use(machine);
	} finally {
		await machine.destroy();
	}
};

/** Each in the old and the new form: config show since 2.20, store info since 2.19, ping-store before 2.4. */
const nixCommands: readonly (readonly string[])[] = [
	['store', 'info'],
	['store', 'info', '--json'],
	['store', 'ping'],
	['store', 'ping', '--json'],
	...(suite === 'bullseye' ? [['ping-store']] : []),
	['config', 'show', '--json'],
	['show-config', '--json'],
	['flake', 'metadata', '--json', `path:${flake}`],
	['build', '--no-link', '--accept-flake-config', `path:${flake}`],
];

const withFeatures = ['--extra-experimental-features', 'nix-command flakes'];

const kept = new Set([
	...[
		'allowed-users',
		'cores',
		'experimental-features',
		'max-jobs',
		'sandbox',
		'store',
		'substituters',
		'system',
	],
	...['trusted-substituters', 'trusted-users', 'use-xdg-base-directories'],
]);

/** The configuration has about 150 entries with long descriptions; those above are kept, with their values only. */
const shortened = (text: string): string => {
	const all = JSON.parse(text) as Readonly<Record<string, {value: unknown; defaultValue?: unknown}>>;
	const rows = Object.entries(all).filter(([name]) => kept.has(name));
	return JSON.stringify(
		Object.fromEntries(rows.map(([name, {value, defaultValue}]) => [name, {value, defaultValue}])),
	);
};

const recordCommand = async (machine: Machine, words: readonly string[]) => {
	const {stdout, ...answer} = recorded(await asService(machine, ['nix', ...words]));
	const isConfiguration = stdout?.startsWith('{') === true && words.join(' ').includes('config');
	return {...answer, stdout: isConfiguration ? shortened(stdout) : stdout};
};

/** As configured; and with the features, where it fails without. */
const recordBoth = async (machine: Machine, words: readonly string[]) => {
	const configured = await recordCommand(machine, words);
	const command = ['nix', ...words];
	if (configured.exitCode === 0) return {command, configured};
	const enabled = await recordCommand(machine, [...withFeatures, ...words]);
	return isDeepStrictEqual(configured, enabled) ? {command, configured} : {command, configured, enabled};
};

const recordNix = (situation: NixSituation) =>
	onNewMachine(async (machine) => {
		await situation.arrange(machine);
		const answers = [];
		for (const words of nixCommands) answers.push(await recordBoth(machine, words));
		return {situation: situation.name, answers};
	});

/** Without JSON, and with it, which these do not know yet (it came with 2.81). */
const ghCommands = [
	['gh', 'auth', 'status', '--hostname', 'github.com'],
	['gh', 'auth', 'status', '--json', 'hosts'],
];

const recordLogin = async (machine: Machine, {name, arrange}: LoginSituation) => {
	await resetLogins(machine);
	await arrange(machine);
	const answers = [];
	for (const command of ghCommands) answers.push({command, ...recorded(await asService(machine, command))});
	return {situation: name, answers};
};

const recordGh = async (machine: Machine): Promise<void> => {
	await openForge(machine);
	const situations = [];
	for (const situation of loginSituations.filter(({name}) => name.startsWith('gh-')))
		situations.push(await recordLogin(machine, situation));
	const [gh] = (await printed(machine, 'gh', '--version')).split('\n');
	await write('gh.json', {programs: {debian: suite, gh}, situations});
};

const recordNixes = async (): Promise<void> => {
	const recordings = [];
	for (const situation of nixSituations) recordings.push(await recordNix(situation));
	const nix = await onNewMachine((machine) => printed(machine, 'nix', '--version'));
	await write('nix.json', {programs: {debian: suite, nix}, enabled: withFeatures, situations: recordings});
};

const [, , only = 'all'] = process.argv;
if (['all', 'git'].includes(only)) await onNewMachine(recordGit);
if (['all', 'gh'].includes(only) && suite !== 'bullseye') await onNewMachine(recordGh);
if (['all', 'nix'].includes(only)) await recordNixes();
