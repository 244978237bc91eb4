import {posix} from 'node:path';
import {anotherVira} from '../service-manager/another-vira.ts';
import {commandText} from '../command-text.ts';
import type {Mac} from '../facts.ts';
import type {Obstacle} from './find-obstacles.ts';
import {nixDeletes} from '../service-manager/service-words.ts';
import {startCommand} from '../service-manager/usual-fixes.ts';
import {setUpAgain, useStartupDisk, type Diagnosis} from './diagnosis.ts';
import {fromNix} from './nix-store.ts';

const cannotStart = (what: string): string => `Vira cannot start: its ${what}.`;

const connect = (volume: string): readonly string[] => [
	`Connect the volume ${volume}, then run: ${startCommand}`,
];

const guarded =
	'macOS blocks background services from Desktop, Documents, Downloads and other volumes, whatever the file permissions are.';

const fixesForProgram = (facts: Mac, {why, volume}: Obstacle, away: boolean): readonly string[] => {
	if (volume !== undefined) return connect(volume);
	if (away) return [`When the Nix store is mounted, run: ${startCommand}`];
	return why === 'guarded'
		? ['Move it elsewhere in your home folder, then run vira-setup --package with its new path.']
		: [anotherVira(facts)];
};

/** launchd cannot execute its program. */
export const noProgram = (facts: Mac, obstacle: Obstacle): Diagnosis => {
	const {path, why} = obstacle;
	const away = !facts.mac.nixMounted && fromNix.test(path);
	return {
		code: 'program-unusable',
		message: cannotStart(`program ${path} ${why === 'missing' ? 'does not exist' : 'cannot be executed'}`),
		detail: away
			? 'It is in the Nix store, which is not mounted.'
			: why === 'guarded'
				? guarded
				: `launchd keeps trying. ${nixDeletes}`,
		fixes: fixesForProgram(facts, obstacle, away),
		fixedBy: 'person',
	};
};

const guardedFolder = (path: string): Diagnosis => ({
	code: 'folder-unusable',
	message: cannotStart(`state folder ${path} cannot be used`),
	detail: guarded,
	fixes: [{say: 'Run vira-setup with another --state-dir, such as ~/.local/share/vira/state.'}],
	fixedBy: 'person',
});

/** launchd cannot enter the folder in which the process starts. */
export const noFolder = ({path, why, volume}: Obstacle): Diagnosis => {
	if (why === 'guarded') return guardedFolder(path);
	const remade = why === 'missing' && volume === undefined;
	return {
		code: 'folder-unusable',
		message: cannotStart(`state folder ${path} ${why === 'missing' ? 'does not exist' : 'is not a folder'}`),
		detail: remade
			? 'vira-setup creates it again, but empty. If you have a backup, restore it first.'
			: 'launchd does not start a service whose folder it cannot enter.',
		fixes:
			volume === undefined
				? [
						remade
							? setUpAgain
							: {
									say: `Move it aside: ${commandText(['mv', path, `${path}.away`])}, then:`,
									command: 'vira-setup',
								},
					]
				: connect(volume),
		fixedBy: remade ? 'us' : 'person',
	};
};

const fixesForLog = ({user}: Mac, {path, why, volume}: Obstacle): readonly string[] => {
	if (volume !== undefined) return connect(volume);
	switch (why) {
		case 'missing':
			return [setUpAgain];
		case 'on-volume':
			return [useStartupDisk];
		case 'guarded':
			return [`Replace the link ${posix.dirname(path)} with a folder, then run: ${startCommand}`];
		case 'no-file':
			return [`Move it aside: ${commandText(['mv', path, `${path}.away`])}, then: ${startCommand}`];
		case 'unusable':
			return [`Make it yours: ${commandText(['sudo', 'chown', user.name, path])}, then: ${startCommand}`];
	}
};

const whyNoLog: Readonly<Partial<Record<Obstacle['why'], string>>> = {
	'on-volume': 'It is not on the startup disk, and launchd opens no log elsewhere.',
	'no-file': 'It already exists and is not a file.',
	guarded,
};

/** launchd cannot open the file for the output of the process. */
export const noLog = (facts: Mac, obstacle: Obstacle): Diagnosis => {
	const {path, why, volume} = obstacle;
	return {
		code: 'log-unusable',
		message: cannotStart(`log ${path} cannot be written`),
		detail:
			whyNoLog[why] ?? 'launchd opens the log before it starts Vira, and reports nothing if that fails.',
		fixes: fixesForLog(facts, obstacle),
		fixedBy: why === 'missing' && volume === undefined ? 'us' : 'person',
	};
};
