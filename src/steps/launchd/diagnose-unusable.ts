import {posix} from 'node:path';
import {anotherVira} from '../another-vira.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Mac} from '../../platform/facts.ts';
import type {Obstacle} from '../../platform/macos/find-obstacles.ts';
import {setUpAgain, startIt, type Diagnosis} from './diagnosis.ts';
import {fromNix} from './nix-store.ts';

const connect = (volume: string): readonly string[] => [`Connect the volume ${volume}; then: ${startIt}`];

const guarded =
	'macOS keeps a background service from what lies on the desktop, in Documents, in Downloads or on another volume, whatever the permissions say.';

const fixesForProgram = (facts: Mac, {why, volume}: Obstacle, away: boolean): readonly string[] => {
	if (volume !== undefined) return connect(volume);
	if (away) return [`Once the Nix store is mounted: ${startIt}`];
	return why === 'guarded'
		? [`Move it elsewhere in your home folder, and run ${setUpAgain} --package with its new path.`]
		: [anotherVira(facts)];
};

/** launchd cannot make a process of its program. */
export const noProgram = (facts: Mac, obstacle: Obstacle): Diagnosis => {
	const {path, why} = obstacle;
	const away = !facts.mac.nixMounted && fromNix.test(path);
	return {
		code: 'program-unusable',
		title:
			why === 'missing'
				? `Vira cannot be started: its program is not there, ${path}.`
				: `Vira cannot be started: its program may not be run, ${path}.`,
		detail: away
			? 'The Nix store is not mounted, and the program is in it.'
			: why === 'guarded'
				? guarded
				: 'launchd goes on trying. Nix removes what no profile keeps.',
		fixes: fixesForProgram(facts, obstacle, away),
		fixedBy: 'person',
	};
};

const guardedFolder = (path: string): Diagnosis => ({
	code: 'folder-unusable',
	title: `Vira cannot be started: its folder may not be used, ${path}.`,
	detail: guarded,
	fixes: [`Run ${setUpAgain} with another --state-dir, such as ~/.local/share/vira/state.`],
	fixedBy: 'person',
});

/** It cannot enter the folder that the process is to start in. */
export const noFolder = ({path, why, volume}: Obstacle): Diagnosis => {
	if (why === 'guarded') return guardedFolder(path);
	const remade = why === 'missing' && volume === undefined;
	return {
		code: 'folder-unusable',
		title:
			why === 'missing'
				? `Vira cannot be started: its folder is not there, ${path}.`
				: `Vira cannot be started: ${path} should be its folder, and is none.`,
		detail: remade
			? 'A run of vira-setup makes it anew, without what was in it: put that back first, if you have it.'
			: 'launchd starts nothing whose folder it cannot enter.',
		fixes:
			volume === undefined
				? [remade ? setUpAgain : `${commandText(['mv', path, `${path}.away`])}, then: ${setUpAgain}`]
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
			return ['Set Vira up as somebody whose home folder is on the disk that this Mac starts from.'];
		case 'guarded':
			return [`Make ${posix.dirname(path)} a folder of its own instead of a link, then: ${startIt}`];
		case 'no-file':
			return [`${commandText(['mv', path, `${path}.away`])}, then: ${startIt}`];
		case 'unusable':
			return [`${commandText(['sudo', 'chown', user.name, path])}, then: ${startIt}`];
	}
};

const whyNoLog: Readonly<Partial<Record<Obstacle['why'], string>>> = {
	'on-volume': 'It lies on a volume that this Mac does not start from, where launchd opens no log.',
	'no-file': 'It is in the way: it is no file.',
	guarded,
};

/** It cannot open what takes the output of the process. */
export const noLog = (facts: Mac, obstacle: Obstacle): Diagnosis => {
	const {path, why, volume} = obstacle;
	return {
		code: 'log-unusable',
		title: `Vira cannot be started: its log cannot be written, ${path}.`,
		detail:
			whyNoLog[why] ?? 'launchd opens the log before it starts anything, and says nothing where it cannot.',
		fixes: fixesForLog(facts, obstacle),
		fixedBy: why === 'missing' && volume === undefined ? 'us' : 'person',
	};
};
