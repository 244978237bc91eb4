import {skim} from '../../platform/paths.ts';
import type {FileSystem} from '../../platform/system.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {answerOf} from '../../platform/run-result.ts';
import {
	addVariables,
	answerMs,
	onlyInShell,
	shellVariables,
	shownVariable,
	type BuildCheck,
	type BuildSubject,
} from './build-check.ts';

/** A socket of one login ends with it. */
const lasts = (name: string, value: string): boolean =>
	name !== 'SSH_AUTH_SOCK' || /^\/run\/user\/\d+\/(?!keyring\/|ssh-|vscode)/u.test(value);

/** What the shell has and the service will not, in one notice. */
export const checkEnvironment = (subject: BuildSubject): readonly BuildCheck[] => {
	const kinds = Object.keys(shellVariables) as (keyof typeof shellVariables)[];
	const found = onlyInShell(subject, ...kinds);
	const entries = Object.entries(found);
	if (entries.length === 0) return [];
	const added = Object.fromEntries(entries.filter(([name, value]) => lasts(name, value)));
	const shown = entries.map((one) => shownVariable(...one)).join(', ');
	const mattersMost = Object.keys(onlyInShell(subject, 'proxy', 'certificate')).length > 0;
	return [
		{
			group: 'environment',
			option: 'environment',
			level: mattersMost ? 'warning' : 'note',
			code: 'shell-only-variables',
			message: `Your shell has variables that the service does not have: ${shown}.`,
			...('SSH_AUTH_SOCK' in found &&
				!('SSH_AUTH_SOCK' in added) && {
					detail: 'The agent in SSH_AUTH_SOCK ends with your login: Vira needs a key without a passphrase.',
				}),
			fixes: Object.keys(added).length === 0 ? [] : [addVariables(subject.settings, added)],
			...(Object.keys(added).length > 0 && {variables: added}),
		},
	];
};

const gibibyte = 2 ** 30;

const sizeIn = (bytes: number): string => `${(bytes / gibibyte).toFixed(bytes < 10 * gibibyte ? 1 : 0)} GB`;

/** proc(5), /proc/meminfo; sysctl(3), hw.memsize. In bytes; undefined: unknown. */
const readMemory = async ({system, signal}: BuildSubject): Promise<number | undefined> => {
	if (system.platform === 'darwin') {
		const result = await system.run(['/usr/sbin/sysctl', '-n', 'hw.memsize'], {timeoutMs: answerMs, signal});
		return Number(answerOf(result)?.trim()) || undefined;
	}
	const [, kibibytes] = /^MemTotal:\s+(\d+) kB/mu.exec((await skim(system, '/proc/meminfo')) ?? '') ?? [];
	return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
};

/** To evaluate a flake that uses nixpkgs takes one or two; a compiler needs as much again. */
const memoryOfBuild = 2 * gibibyte;

/** Vira's default for its own option. */
const usualBuilds = 2;

const checkMemory = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const builds = subject.settings.maxConcurrentBuilds ?? usualBuilds;
	const bytes = await readMemory(subject);
	const fitting = Math.max(1, Math.floor((bytes ?? Infinity) / memoryOfBuild));
	if (bytes === undefined || fitting >= builds) return [];
	return [
		{
			group: 'machine',
			option: 'maxConcurrentBuilds',
			level: 'note',
			code: 'little-memory',
			message: `This machine has ${sizeIn(bytes)} of memory for ${builds} builds at once: they may run out of it.`,
			fixes: [{say: 'runs fewer at once', command: `vira-setup --max-concurrent-builds ${fitting}`}],
		},
	];
};

/** A build of anything larger fails with less. */
const leastFree = 5 * gibibyte;

type Told = Pick<BuildCheck, 'level' | 'code' | 'message' | 'fixes'>;

const whereStore = ({freeBytes, network, temporary, kind}: FileSystem): readonly Told[] => [
	...(freeBytes < leastFree
		? [
				{
					level: 'warning' as const,
					code: 'nix-store-full',
					message: `The Nix store has ${sizeIn(freeBytes)} of free space: builds may run out of it.`,
					fixes: [{say: 'deletes what nothing uses', command: 'nix-collect-garbage'}],
				},
			]
		: []),
	...(network
		? [
				{
					level: 'note' as const,
					code: 'nix-on-network',
					message: `/nix is on another machine (${kind}): builds are slow, and stop while it is away.`,
				},
			]
		: []),
	...(temporary
		? [
				{
					level: 'note' as const,
					code: 'nix-temporary',
					message: `/nix is in memory (${kind}): a reboot empties it.`,
				},
			]
		: []),
];

/** Mount points and their options, as proc(5) has them in /proc/self/mounts; NixOS mounts /nix/store itself read-only. */
const isReadOnly = (mounts: string): boolean =>
	mounts.split('\n').some((line) => {
		const [, place, , options = ''] = line.split(' ');
		return place === '/nix' && options.split(',').includes('ro');
	});

const checkStore = async ({system}: BuildSubject): Promise<readonly BuildCheck[]> => {
	const [found, mounts] = await Promise.all([
		system.fileSystemAt('/nix/store').catch(() => undefined),
		skim(system, '/proc/self/mounts'),
	]);
	if (!found) return [];
	const readOnly: Told = {
		level: 'error',
		code: 'nix-read-only',
		message: '/nix is mounted read-only: nothing can be built.',
		fixes: [{say: 'mounts it read-write', command: 'sudo mount -o remount,rw /nix'}],
	};
	const told = [...(isReadOnly(mounts ?? '') ? [readOnly] : []), ...whereStore(found)];
	return told.map((one) => ({group: 'machine', ...one}));
};

/** What the service manager knows that keeps builds from running or from their credentials. */
const known: readonly string[] = ['sleeps', 'no-keychain'];

const checkManager = ({facts, settings}: BuildSubject): readonly BuildCheck[] =>
	managerOf(facts)
		.outlook(settings)
		.warnings.filter(({code}) => known.includes(code))
		.map((one) => ({...one, group: 'machine', level: 'warning'}));

/** Whether the machine itself lets builds run. */
export const checkBuildMachine = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const [memory, store] = await Promise.all([checkMemory(subject), checkStore(subject)]);
	return [...memory, ...store, ...checkManager(subject)];
};
