import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {expect} from '@jest/globals';
import type {GivenMac} from '../../src/simulator/macos/fresh-mac.ts';
import {
	agentPath,
	backgroundPath,
	daemon,
	daemonPath,
	gui,
	label,
	macIn,
	type MacSimulation,
} from './simulated-mac.ts';
import type {MakeMac} from './every-profile.ts';
import {attempt} from './run-command.ts';
import {isInMemory} from './disks.ts';
import {ownEnvironment, programWords, starter} from './run-program.ts';
import {validDocument, type Document} from './valid-document.ts';
import {errorText, type NoticeDocument} from './notices.ts';

/** Where the service is in each domain, and what launchd loads it from there. */
export const places = {
	gui: {id: gui, path: agentPath},
	user: {id: `user/501/${label}`, path: backgroundPath},
	system: {id: daemon, path: daemonPath},
} as const;

export type Domain = keyof typeof places;
export const domains = Object.keys(places) as readonly Domain[];

/** What `launched` returns for a service that runs in the right domain. */
export const runningIn = (domain: Domain, runs = 1): readonly string[] => [
	`${places[domain].id} running ${runs} ${places[domain].path}`,
];

interface Told extends Document {
	readonly error?: NoticeDocument & {readonly log?: readonly string[]};
}

/** What a run of the program ended with. */
export interface Ended {
	/** Its exit status. */
	readonly code: number;
	readonly document: Told;
	/** All its output, on both streams. */
	readonly written: string;
}

interface Output {
	readonly code?: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** No run takes this long: the clock of a simulated Mac is its own. */
const limitMs = 60_000;

const start = async (words: readonly string[]): Promise<Output> => {
	const running = promisify(execFile)(starter, programWords(words), {
		cwd: '/',
		timeout: limitMs,
		env: ownEnvironment(),
	});
	running.child.stdin?.end();
	return running.catch((error: unknown) => error as Output);
};

const runBuilt = async (folder: string, words: readonly string[]): Promise<Ended> => {
	const {
		code = 0,
		stdout,
		stderr,
	} = await start([...words, ...['--json', '--simulate', 'macos', '--simulation-folder', folder]]);
	return {code, document: validDocument(stdout), written: `${stderr}${stdout}`};
};

/** A scripted run on a Mac: of the built program if it is on the disk, of the same code in this process if not. */
export const runOn = async ({folder}: MacSimulation, ...words: readonly string[]): Promise<Ended> => {
	const ended = isInMemory(folder)
		? await attempt(await macIn(folder), ...words)
		: await runBuilt(folder, words);
	// launchctl's advice to try it as root does not help.
	expect(ended.written).not.toContain('richer errors');
	return ended;
};

/** The result of a run: its exit status, its outcome, and the message of the failure, if any. */
export const endedOn = async (
	machine: MacSimulation,
	...words: readonly string[]
): Promise<readonly [code: number, outcome: string, message: string]> => {
	const {code, document} = await runOn(machine, ...words);
	return [code, document.outcome, errorText(document)];
};

/** Vira set up and running on a new Mac. */
export const setUpOn = async (
	makeMac: MakeMac,
	given: GivenMac = {},
	...words: readonly string[]
): Promise<MacSimulation> => {
	const machine = await makeMac(given);
	expect(await endedOn(machine, ...words)).toEqual([0, 'installed', '']);
	return machine;
};

const changing = ['bootstrap', 'bootout', 'enable', 'disable', 'kickstart', 'kill', 'load', 'unload'];

/** The launchctl commands so far, in order, without their first word. */
export const done = async ({events}: MacSimulation): Promise<readonly string[]> =>
	(await events.mac()).calls
		.map(({command}) => command.slice(command.indexOf('/bin/launchctl') + 1))
		.filter(([verb = '']) => changing.includes(verb))
		.map((words) => words.join(' '));
