import {basename} from 'node:path';
import type {Command, RunResult, System} from '../../src/platform/system.ts';

const changingVerbs: Readonly<Record<string, readonly string[]>> = {
	systemctl: ['daemon-reload', 'enable', 'disable', 'start', 'stop', 'restart', 'reset-failed'],
	loginctl: ['enable-linger', 'disable-linger'],
	launchctl: ['bootstrap', 'bootout', 'enable', 'disable', 'kickstart'],
	nix: ['build'],
};

/** Whether a command can change the machine. */
export const isChanging = ([program, ...words]: Command): boolean =>
	words.some((word) => changingVerbs[basename(program)]?.includes(word));

interface Watch {
	/** Does the change, or fails instead: `fail` is how this kind of change fails. */
	readonly around: <T>(change: () => Promise<T>, fail: () => T) => Promise<T>;
}

const noSpace = (): never => {
	throw Object.assign(new Error('ENOSPC: no space left on device'), {code: 'ENOSPC'});
};

const refused: RunResult = {
	exitCode: 1,
	stdout: '',
	stderr: 'Connection timed out',
	timedOut: false,
	found: true,
};

const watched = <S extends System>(system: S, {around}: Watch): S => ({
	...system,
	writeFile: (path, content, mode) => around(() => system.writeFile(path, content, mode), noSpace),
	move: (from, to) => around(() => system.move(from, to), noSpace),
	deleteFile: (path) => around(() => system.deleteFile(path), noSpace),
	makeFolder: (path, mode) => around(() => system.makeFolder(path, mode), noSpace),
	deleteFolder: (path, options) => around(() => system.deleteFolder(path, options), noSpace),
	runAsRoot: (command) =>
		around(
			() => system.runAsRoot(command),
			() => refused,
		),
	run: (command, options) =>
		isChanging(command)
			? around(
					() => system.run(command, options),
					() => refused,
				)
			: system.run(command, options),
});

/**
 * The system, but its n-th change (from 1) fails and all others pass. `after`: the change is made all the same, and
 * only its answer is lost, as with a time limit.
 */
export const failingAt = <S extends System>(
	system: S,
	n: number,
	moment: 'before' | 'after' = 'before',
): S => {
	let changes = 0;
	return watched(system, {
		around: async (change, fail) => {
			changes += 1;
			if (changes !== n) return change();
			if (moment === 'after') await change();
			return fail();
		},
	});
};

/** The system, and how many changes were asked of it so far. */
export const countChanges = <S extends System>(
	system: S,
): {readonly system: S; readonly changes: () => number} => {
	let changes = 0;
	const counting = watched(system, {
		around: (change) => {
			changes += 1;
			return change();
		},
	});
	return {system: counting, changes: () => changes};
};
