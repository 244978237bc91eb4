import {createHash} from 'node:crypto';
import {posix} from 'node:path';
import type {RunOptions, RunResult} from '../platform/system.ts';
import {viraProgram} from './fixtures.ts';
import {makeFolders, writeWithFolders, type Machine} from './machine.ts';
import type {Buildable} from './machine-state.ts';
import {failed, errorOutput, output} from './result.ts';
import {askedOfNix} from './builds.ts';
import {advance} from './clock.ts';
import {commandNotFound} from './command-words.ts';

/** How a long command passes its time, and what it reads. */
export interface RunContext extends Pick<RunOptions, 'signal' | 'onLine'>, StandardInput {
	/** Waits a little for real if the pace is lifelike. */
	readonly pause: () => Promise<void>;
}

/** What a person types into a command; commands that vira-setup runs get no input. */
export interface StandardInput {
	/** The whole of its standard input. */
	readonly input?: string;
}

const alphabet = '0123456789abcdfghijklmnpqrsvwxyz';

/** 32 characters as Nix writes them: other ones for every installable. */
const storeHash = (text: string): string =>
	[...createHash('sha256').update(text).digest()].map((byte) => alphabet[byte % 32]).join('');

export const isNix = async ({state, files}: Machine, program: string): Promise<boolean> => {
	if (!state.nix) return false;
	const paths = [state.nix.path, `${state.nix.path}-store`];
	const [asked, ...known] = await Promise.all([program, ...paths].map((path) => files.inspect(path)));
	return asked?.realPath !== undefined && known.some((one) => one?.realPath === asked.realPath);
};

/** Nix creates the folders above a link, and replaces a link into the store. */
const link = async (machine: Machine, path: string, target: string): Promise<void> => {
	const {state, files} = machine;
	await makeFolders(machine, posix.dirname(path));
	await files.deleteFile(path);
	state.links = {...state.links, [path]: target};
};

const put = async (machine: Machine, storePath: string, {vira, name}: Buildable): Promise<void> => {
	const program = `${storePath}/bin/${vira ? 'vira' : name.replace(/-.*/u, '')}`;
	await writeWithFolders(machine, program, {content: viraProgram, mode: 0o555});
	if (vira) machine.state.built = {...machine.state.built, [program]: {...vira}};
};

/** Lets the time of the build pass, with a line every few seconds; false if it was stopped early. */
const work = async (machine: Machine, {name, seconds}: Buildable, pastime: RunContext): Promise<boolean> => {
	const steps = Math.ceil(seconds / 5);
	for (let step = 1; step <= steps; step += 1) {
		if (pastime.signal?.aborted) return false;
		pastime.onLine?.(`${name}> [${step} of ${steps}] at work`);
		await pastime.pause();
		await advance(machine, (seconds * 1000) / steps);
	}
	return !pastime.signal?.aborted;
};

const ended: RunResult = {exitCode: undefined, stdout: '', stderr: '', timedOut: false, found: true};

interface Build {
	readonly installable: string;
	readonly outLink: string;
}

const build = async (
	machine: Machine,
	{installable, outLink}: Build,
	pastime: RunContext,
): Promise<RunResult> => {
	const {flakes} = machine.state;
	if (installable.startsWith('/nix/store/')) {
		if (!(await machine.files.inspect(installable)))
			return failed(`error: path '${installable}' does not exist and cannot be created`);
		await link(machine, outLink, installable);
		return output('');
	}
	const flake = flakes[installable];
	if (!flake) return failed(`error: cannot find flake '${installable}' in the flake registries`);
	if (!(await work(machine, flake, pastime))) return ended;
	const hash = storeHash(`${installable}${flake.commit ?? ''}`);
	if (flake.fails)
		return failed(
			`${flake.name}> make: *** [all] Error 2\nerror: builder for '/nix/store/${hash}-${flake.name}.drv' failed with exit code 2`,
		);
	for (const output of flake.outputs ?? ['out']) {
		const suffix = output === 'out' ? '' : `-${output}`;
		const storePath = `/nix/store/${hash}-${flake.name}${suffix}`;
		await put(machine, storePath, flake);
		await link(machine, `${outLink}${suffix}`, storePath);
	}
	return errorOutput(`building '/nix/store/${hash}-${flake.name}.drv'...`);
};

const switches = ['--refresh', '--accept-flake-config', '--no-write-lock-file', '--print-build-logs'];

const readBuild = (command: readonly string[]): Build => {
	const [, enable, features, subcommand, ...rest] = command;
	const words = rest.filter((word) => !switches.includes(word));
	const [flag, outLink, dashes, installable] = words;
	const isKnown =
		enable === '--extra-experimental-features' &&
		features === 'nix-command flakes' &&
		subcommand === 'build' &&
		flag === '--out-link' &&
		dashes === '--' &&
		words.length === 4;
	if (!isKnown || outLink === undefined || installable === undefined) throw commandNotFound(command);
	return {installable, outLink};
};

/** Links on this machine that lead to a store path: each is a root, as Nix made it. */
const rootsOf = ({links}: Machine['state'], storePath: string): RunResult => {
	const roots = Object.entries(links).filter(
		([path, target]) => !path.startsWith('/nix/store/') && target === storePath,
	);
	return output(roots.map(([path, target]) => `${path} -> ${target}`).join('\n'));
};

const dryRun = ['--no-link', '--dry-run', '--json', '--'];

/** What a build would result in: the words end with its installable. */
const evaluated = (machine: Machine, words: readonly string[]): RunResult | undefined => {
	const installable = words.at(-1) ?? '';
	if (!dryRun.every((word) => words.includes(word))) return undefined;
	const flake = machine.state.flakes[installable];
	if (!flake) return failed(`error: cannot find flake '${installable}' in the flake registries`);
	const path = `/nix/store/${storeHash(`${installable}${flake.commit ?? ''}`)}-${flake.name}`;
	return output(JSON.stringify([{drvPath: `${path}.drv`, outputs: {out: path}}]));
};

/** nix(1) and nix-store(1), as far as the program uses them. */
export const runNix = (
	machine: Machine,
	command: readonly string[],
	pastime: RunContext,
): RunResult | Promise<RunResult> => {
	const [program = '', first, second, path = ''] = command;
	const isStore = posix.basename(program) === 'nix-store';
	if (first === '--version' && command.length === 2)
		return output(`${isStore ? 'nix-store' : 'nix'} (Nix) ${machine.state.nix?.version ?? ''}`);
	const asked = isStore ? undefined : askedOfNix(machine, command.slice(1));
	if (asked) return asked;
	if (!isStore) return evaluated(machine, command) ?? build(machine, readBuild(command), pastime);
	if (first !== '--query' || second !== '--roots' || command.length !== 4) throw commandNotFound(command);
	return rootsOf(machine.state, path);
};
