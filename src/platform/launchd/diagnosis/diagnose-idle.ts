import {commandText} from '../../command-text.ts';
import type {Mac} from '../../facts.ts';
import {wasReplaced} from '../agent/agent-state.ts';
import type {Domain, LoadedAgent} from '../launchctl.ts';
import {seeLog, startCommand, startVira} from '../../service-manager/usual-fixes.ts';
import {endingText, nextStart, useStartupDisk, setUpAgain, type Diagnosis} from './diagnosis.ts';
import { posix } from 'path/posix';
import type { Fix } from '../../../notice.ts';
import { anotherVira } from '../../service-manager/another-vira.ts';
import { nixDeletes } from '../../service-manager/service-words.ts';
import { fromNix } from '../check-volumes.ts';
import type { Obstacle } from '../detect/find-obstacles.ts';

/** launchd's status if it could not create a process (sysexits.h, EX_CONFIG); a program can also exit with it. */
const notStarted = 78;

/** A shell's status for a program that does not exist or cannot be executed (sh(1), "Exit Status"). */
const notFound: readonly unknown[] = [126, 127];

const notStartable = (facts: Mac, {lastExit}: LoadedAgent): Diagnosis | undefined => {
	const {obstacles} = facts.mac;
	const program = obstacles.find(({what}) => what === 'program');
	if (program && (lastExit === notStarted || notFound.includes(lastExit))) return noProgram(facts, program);
	if (lastExit !== notStarted) return undefined;
	const folder = obstacles.find(({what}) => what === 'folder');
	if (folder) return noFolder(folder);
	const log = obstacles.find(({what}) => what === 'log');
	if (log) return noLog(facts, log);
	return {
		code: 'not-startable',
		message: 'launchd could not start Vira and gave no reason (exit status 78).',
		detail:
			'Its program, its state folder and its log exist. Vira may also have exited with that status itself.',
		fixes: [
			seeLog,
			{
				say: "shows launchd's messages",
				command: `log show --last 1h --predicate 'process == "launchd" AND composedMessage CONTAINS "org.vira.service"'`,
			},
			startVira,
		],
		fixedBy: 'us',
	};
};

const putOff: Diagnosis = {
	code: 'put-off',
	message: 'launchd has postponed starting Vira.',
	detail: 'It does this until a login is complete, or to save power, and this can last a long time.',
	fixes: [startVira],
	fixedBy: 'us',
};

const ended = (domain: Domain): Diagnosis => {
	const next = nextStart[domain];
	return {
		code: 'ended',
		message: 'Vira exited without an error.',
		detail: `launchd restarts it only after an error. It ${next === undefined ? 'does not start again automatically' : `starts again ${next}`}.`,
		fixes: [startVira],
		fixedBy: 'us',
	};
};

/** After this many starts since it was loaded, a service that exits with an error counts as crash-looping. */
const manyStarts = 3;

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const crashed = (agent: LoadedAgent): Diagnosis => {
	const {runs, state, pended} = agent;
	const isAgain = state === 'spawn scheduled' || state === 'spawning';
	const how = `launchd has started it ${times(runs)} since it was loaded`;
	if (isAgain && runs >= manyStarts)
		return {
			code: 'crash-loop',
			message: `Vira keeps crashing and restarting: the last time, it ${endingText(agent)}.`,
			detail: `${how}, and tries again every 10 seconds. The log shows why.`,
			fixes: [seeLog, {say: 'Then fix the cause, and run:', command: 'vira-setup'}],
			fixedBy: 'person',
		};
	const next = isAgain
		? 'restarts it within 10 seconds'
		: pended
			? 'has postponed restarting it'
			: 'does not restart it automatically';
	return {
		code: 'crashed',
		message: `Vira ${endingText(agent)}.`,
		detail: `${how}, and ${next}. The log shows why.`,
		fixes: [seeLog, startVira],
		fixedBy: 'us',
	};
};

/** Reported since macOS 26. A program with an invalid signature is killed however it was loaded. */
const replaced = ({needs: {program = 'PROGRAM'}}: LoadedAgent): Diagnosis => ({
	code: 'program-replaced',
	message: 'macOS killed Vira: launchd still has the code signature of the previous program.',
	detail: 'The program was replaced after launchd loaded the service. A start reloads it.',
	fixes: [
		startVira,
		{
			say: 'shows why the signature is invalid, if Vira is killed again',
			command: commandText(['codesign', '--verify', program]),
		},
	],
	fixedBy: 'us',
});

/** Why a loaded service has no process. */
export const diagnoseIdle = (facts: Mac, domain: Domain, agent: LoadedAgent): Diagnosis => {
	if (wasReplaced(agent)) return replaced(agent);
	if (agent.lastExit === undefined) return putOff;
	if (agent.lastExit === 0) return ended(domain);
	return notStartable(facts, agent) ?? crashed(agent);
};
const cannotStart=(what: string): string => `Vira cannot start: its ${what}.`;
const connect=(volume: string): Fix => ({
	say: `Connect the volume ${volume}, then run:`,
	command: startCommand,
});
const guarded='macOS blocks background services from Desktop, Documents, Downloads and other volumes, whatever the file permissions are.';
const fixForProgram=(facts: Mac,{ why,volume }: Obstacle,away: boolean): Fix => {
	if(volume!==undefined) return connect(volume);
	if(away) return { say: 'When the Nix store is mounted, run:',command: startCommand };
	return why==='guarded'
		? { say: 'Move it elsewhere in your home folder, then run vira-setup --package with its new path.' }
		:anotherVira(facts);
};
/** launchd cannot execute its program. */

export const noProgram=(facts: Mac,obstacle: Obstacle): Diagnosis => {
	const { path,why }=obstacle;
	const away=!facts.mac.nixMounted&&fromNix.test(path);
	return {
		code: 'program-unusable',
		message: cannotStart(`program ${path} ${why==='missing'? 'does not exist':'cannot be executed'}`),
		detail: away
			? 'It is in the Nix store, which is not mounted.'
			:why==='guarded'
				? guarded
				:`launchd keeps trying. ${nixDeletes}`,
		fixes: [fixForProgram(facts,obstacle,away)],
		fixedBy: 'person',
	};
};
const aside=(path: string): string => commandText(['mv',path,`${path}.away`]);
const guardedFolder=(path: string): Diagnosis => ({
	code: 'folder-unusable',
	message: cannotStart(`state folder ${path} cannot be used`),
	detail: guarded,
	fixes: [{ say: 'Run vira-setup with another --state-dir, such as ~/.local/share/vira/state.' }],
	fixedBy: 'person',
});
/** launchd cannot enter the folder in which the process starts. */

export const noFolder=({ path,why,volume }: Obstacle): Diagnosis => {
	if(why==='guarded') return guardedFolder(path);
	const remade=why==='missing'&&volume===undefined;
	const otherwise=remade? setUpAgain:{ say: 'Move it aside:',command: `${aside(path)} && vira-setup` };
	return {
		code: 'folder-unusable',
		message: cannotStart(`state folder ${path} ${why==='missing'? 'does not exist':'is not a folder'}`),
		detail: remade
			? 'vira-setup creates it again, but empty. If you have a backup, restore it first.'
			:'launchd does not start a service whose folder it cannot enter.',
		fixes: [volume===undefined? otherwise:connect(volume)],
		fixedBy: remade? 'us':'person',
	};
};
const fixForLog=({ user }: Mac,{ path,why,volume }: Obstacle): Fix => {
	if(volume!==undefined) return connect(volume);
	switch(why) {
		case 'missing':
			return setUpAgain;
		case 'on-volume':
			return useStartupDisk;
		case 'guarded':
			return {
				say: `Replace the link ${posix.dirname(path)} with a folder, then run:`,
				command: startCommand,
			};
		case 'no-file':
			return { say: 'Move it aside:',command: `${aside(path)} && ${startCommand}` };
		case 'unusable':
			return {
				say: 'Make it yours:',
				command: `${commandText(['sudo','chown',user.name,path])} && ${startCommand}`,
			};
	}
};
const whyNoLog: Readonly<Partial<Record<Obstacle['why'],string>>>={
	'on-volume': 'It is not on the startup disk, and launchd opens no log elsewhere.',
	'no-file': 'It already exists and is not a file.',
	guarded,
};
/** launchd cannot open the file for the output of the process. */

export const noLog=(facts: Mac,obstacle: Obstacle): Diagnosis => {
	const { path,why,volume }=obstacle;
	return {
		code: 'log-unusable',
		message: cannotStart(`log ${path} cannot be written`),
		detail: whyNoLog[why]??'launchd opens the log before it starts Vira, and reports nothing if that fails.',
		fixes: [fixForLog(facts,obstacle)],
		fixedBy: why==='missing'&&volume===undefined? 'us':'person',
	};
};
