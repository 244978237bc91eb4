import {posix} from 'node:path';
import type {Fix} from '../../../notice.ts';
import {commandText} from '../../command-text.ts';
import type {Mac, Obstacle} from '../facts.ts';
import {moveAside} from '../../paths.ts';
import {anotherVira, startCommand, nixDeletes} from '../../service-manager/service-words.ts';
import {fromNix} from '../check-volumes.ts';
import {repair, useStartupDisk, type Diagnosis} from './diagnosis.ts';

const connect = (volume: string): Fix => ({
	say: `Connect the volume ${volume}, then run:`,
	command: startCommand,
});

const guarded =
	'macOS blocks background services from Desktop, Documents, Downloads and other volumes, whatever the file permissions are.';

const fixForProgram = (facts: Mac, {why, volume}: Obstacle, away: boolean): Fix => {
	if (volume !== undefined) return connect(volume);
	if (away) return {say: 'When the Nix store is mounted, run:', command: startCommand};
	return why === 'guarded'
		? {say: 'Move it elsewhere in your home folder, then run vira-setup --package with its new path.'}
		: anotherVira(facts);
};

/** launchd cannot execute its program. */
export const noProgram = (facts: Mac, obstacle: Obstacle): Diagnosis => {
	const {path, why} = obstacle;
	const away = !facts.mac.nixMounted && fromNix.test(path);
	const whyNot = why === 'guarded' ? guarded : `launchd keeps trying. ${nixDeletes}`;
	return {
		code: 'program-unusable',
		message: `Vira cannot start: its program ${path} ${why === 'missing' ? 'does not exist' : 'cannot be executed'}.`,
		detail: away ? 'It is in the Nix store, which is not mounted.' : whyNot,
		fixes: [fixForProgram(facts, obstacle, away)],
		fixedBy: 'person',
	};
};

const moveAsideThen = (path: string, next: string): Fix =>
	moveAside(`${commandText(['mv', path, `${path}.away`])} && ${next}`);

const cannotStart = (folder: string, why: string): string =>
	`Vira cannot start: its state folder ${folder} ${why}.`;

const guardedFolder = (path: string): Diagnosis => ({
	code: 'folder-unusable',
	message: cannotStart(path, 'cannot be used'),
	detail: guarded,
	fixes: [{say: 'Run vira-setup with another --state-dir, such as ~/.local/share/vira/state.'}],
	fixedBy: 'person',
});

/** launchd cannot enter the folder in which the process starts. */
export const noFolder = ({path, why, volume}: Obstacle): Diagnosis => {
	if (why === 'guarded') return guardedFolder(path);
	const remade = why === 'missing' && volume === undefined;
	const otherwise = remade ? repair : moveAsideThen(path, 'vira-setup');
	return {
		code: 'folder-unusable',
		message: cannotStart(path, why === 'missing' ? 'does not exist' : 'is not a folder'),
		detail: remade
			? 'vira-setup creates it again, but empty. If you have a backup, restore it first.'
			: 'launchd does not start a service whose folder it cannot enter.',
		fixes: [volume === undefined ? otherwise : connect(volume)],
		fixedBy: remade ? 'us' : 'person',
	};
};

const fixForLog = ({user}: Mac, {path, why}: Obstacle): Fix => {
	switch (why) {
		case 'missing':
			return repair;
		case 'on-volume':
			return useStartupDisk;
		case 'guarded':
			return {
				say: `Replace the link ${posix.dirname(path)} with a folder, then run:`,
				command: startCommand,
			};
		case 'no-file':
			return moveAsideThen(path, startCommand);
		case 'unusable':
			return {
				say: 'Make it yours:',
				command: `${commandText(['sudo', 'chown', user.name, path])} && ${startCommand}`,
			};
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
		message: `Vira cannot start: its log ${path} cannot be written.`,
		detail:
			whyNoLog[why] ?? 'launchd opens the log before it starts Vira, and reports nothing if that fails.',
		fixes: [volume === undefined ? fixForLog(facts, obstacle) : connect(volume)],
		fixedBy: why === 'missing' && volume === undefined ? 'us' : 'person',
	};
};
