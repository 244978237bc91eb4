import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {format, resolveConfig} from 'prettier';
import {serviceAsks, shellAsks, type Answer} from '../__tests__/system/forge/as-service.ts';
import {openForge} from '../__tests__/system/forge/forge.ts';
import {packages} from '../__tests__/system/forge/packages.ts';
import {reset, type Situation} from '../__tests__/system/forge/situation.ts';
import {situations} from '../__tests__/system/forge/situations.ts';
import {bootMachine, type Machine} from './machine/machine.ts';
import {chosenSuite} from './machine/recipe.ts';

/**
 * Records what the real programs of a Debian print, below __tests__/support/recorded: each situation of the forge in
 * alice's shell and in a user service. VIRA_SETUP_SUITE chooses the release. Needs root on a Debian.
 */
const suite = chosenSuite();
const folder = join(import.meta.dirname, '../__tests__/support/recorded', suite);

/** What differs each time gets one value. */
const settled = (text: string): string =>
	text
		.replaceAll(/SHA256:[\w+/]{43}/gu, `SHA256:${'A'.repeat(43)}`)
		.replaceAll(/after \d+ ms/gu, 'after 3 ms')
		.replaceAll(/^Running as unit: .*\n/gmu, '');

const recorded = ({exitCode, stdout, stderr, late}: Answer) =>
	late ? {late, stderr: settled(stderr)} : {exitCode, stdout: settled(stdout), stderr: settled(stderr)};

const recordSituation = async (machine: Machine, {arrange, ...situation}: Situation) => {
	const {name, url, shell = {}, service = {}} = situation;
	const fresh = async () => {
		await reset(machine);
		await arrange?.(machine);
	};
	await fresh();
	const inShell = recorded(await shellAsks(machine, url, shell));
	await fresh();
	const inService = recorded(await serviceAsks(machine, url, service));
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
		git: await printed(machine, 'git', '--version'),
		ssh: await printed(machine, 'ssh', '-V'),
	};
	await write('git.json', {programs, command: ['git', 'ls-remote', 'URL'], answers});
};

const machine = await bootMachine({suite, packages});
try {
	await recordGit(machine);
} finally {
	await machine.destroy();
}
