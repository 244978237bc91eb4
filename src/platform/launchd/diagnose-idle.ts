import {commandText} from '../command-text.ts';
import type {Mac} from '../facts.ts';
import {wasReplaced} from './agents.ts';
import type {Domain, LoadedAgent} from './launchctl.ts';
import {seeLog, startVira} from '../service-manager/usual-fixes.ts';
import {endingText, nextStart, type Diagnosis} from './diagnosis.ts';
import {noFolder, noLog, noProgram} from './diagnose-unusable.ts';

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
