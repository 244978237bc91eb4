import {cpSync, rmSync} from 'node:fs';
import type {System} from '../../src/platform/system.ts';
import {attempt} from './attempt.ts';
import {gui, daemon, macIn} from './mac-rehearsal.ts';
import type {Pictured} from './picture-of.ts';
import {inMemory, machineIn, newFolder} from './rehearsal.ts';

/** A kind of machine, kept in a folder, so that it can be copied and opened anew. */
export interface Kind {
	readonly name: string;
	readonly open: (folder: string) => Promise<Pictured>;
	/** What every setup is given on it. */
	readonly words: readonly string[];
	/** Brings a service that was set up into a state which a doctor mends. */
	readonly harm: (machine: System) => Promise<unknown>;
}

const asRoot = ['/usr/bin/sudo', '-n'] as const;

export const kinds: readonly Kind[] = [
	{
		name: 'Linux',
		open: (folder) => machineIn(folder),
		words: [],
		harm: async (machine) => {
			await machine.run(['loginctl', '--no-ask-password', 'disable-linger', 'alice']);
			await machine.run(['systemctl', '--user', 'disable', '--now', 'vira.service']);
		},
	},
	{
		name: 'a Mac',
		open: (folder) => macIn(folder),
		words: [],
		harm: async (machine) => {
			await machine.run(['launchctl', 'disable', gui]);
			await machine.run(['launchctl', 'bootout', gui]);
			await machine.sleep(5000);
		},
	},
	{
		name: 'a Mac with a daemon',
		open: (folder) => macIn(folder, {mac: {sudo: 'free'}}),
		words: ['--domain', 'system'],
		harm: async (machine) => {
			await machine.run([...asRoot, 'launchctl', 'bootout', daemon]);
			await machine.sleep(5000);
		},
	},
];

const first = ['--repository', 'a=https://x/a'];
const update = ['--port', '8443', '--environment', 'GREETING=hello'];

type Beginning = 'not set up' | 'set up' | 'stopped' | 'harmed';

/** A verb, and how the machine is when it begins. */
export interface Course {
	readonly name: string;
	readonly from: Beginning;
	readonly words: readonly string[];
}

export const changing: readonly Course[] = [
	{name: 'install', from: 'not set up', words: first},
	{name: 'update', from: 'set up', words: update},
	{name: 'uninstall', from: 'set up', words: ['uninstall', '--disable-linger']},
	{name: 'uninstall --purge', from: 'set up', words: ['uninstall', '--purge', '--disable-linger']},
];

export const courses: readonly Course[] = [
	...changing,
	{name: 'start', from: 'stopped', words: ['start']},
	{name: 'stop', from: 'set up', words: ['stop']},
	{name: 'restart', from: 'set up', words: ['restart']},
	{name: 'status', from: 'set up', words: ['status']},
	{name: 'logs', from: 'set up', words: ['logs']},
	{name: 'doctor --fix', from: 'harmed', words: ['doctor', '--fix']},
];

/** What a course is typed as on a kind of machine: those that are no verb set up. */
export const wordsOf = ({words}: Course, kind: Kind): readonly string[] =>
	words[0]?.startsWith('--') ? [...words, ...kind.words] : words;

const must = async (machine: Pictured, words: readonly string[]): Promise<void> => {
	const {code, document} = await attempt(machine, ...words);
	if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${JSON.stringify(document)}`);
};

const prepare = async (machine: Pictured, from: Beginning, kind: Kind): Promise<void> => {
	if (from === 'not set up') return;
	await must(machine, [...first, ...kind.words]);
	await machine.sleep(60_000);
	if (from === 'stopped') await must(machine, ['stop']);
	if (from === 'harmed') await kind.harm(machine);
};

/** Gives machines that are all as the course begins: one is made, and copied. */
export const beginning = async ({from}: Course, kind: Kind) => {
	const template = newFolder(inMemory);
	await prepare(await kind.open(template), from, kind);
	return {
		/** Does something with one of them, in its folder. */
		with: async <T>(use: (machine: Pictured, folder: string) => Promise<T>): Promise<T> => {
			const folder = newFolder(inMemory);
			cpSync(template, folder, {recursive: true});
			try {
				return await use(await kind.open(folder), folder);
			} finally {
				rmSync(folder, {recursive: true});
			}
		},
	};
};
