import {commandText} from '../../command-text.ts';
import {exitedStatus, killedSignal} from '../../run-result.ts';
import type {Mac} from '../facts.ts';
import {seeLog, startVira} from '../../service-manager/service-words.ts';
import {isOfMacos, notCreated, wasReplaced} from '../agent/agent-state.ts';
import type {Domain, LoadedAgent} from '../launchctl.ts';
import {noFolder, noLog, noProgram} from './diagnose-unusable.ts';
import {atLogin, byStart, type Diagnosis} from './diagnosis.ts';

const noReason: Diagnosis = {
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

/** A shell's status for a program that does not exist or cannot be executed (sh(1), "Exit Status"). */
const shellNotFound: readonly unknown[] = [126, 127];

const notStartable = (facts: Mac, {lastExit}: LoadedAgent): Diagnosis | undefined => {
	const [program, folder, log] = (['program', 'folder', 'log'] as const).map((one) =>
		facts.mac.obstacles.find(({what}) => what === one),
	);
	if (program && (lastExit === notCreated || shellNotFound.includes(lastExit)))
		return noProgram(facts, program);
	if (lastExit !== notCreated) return undefined;
	if (folder) return noFolder(folder);
	return log ? noLog(facts, log) : noReason;
};

const putOff: Diagnosis = {
	code: 'put-off',
	message: 'launchd has postponed starting Vira.',
	detail: 'It does this until a login is complete, or to save power, and this can last a long time.',
	...byStart,
};

const nextStart: Readonly<Record<Domain, string>> = {
	gui: `starts again ${atLogin}`,
	user: 'does not start again automatically',
	system: 'starts again after a reboot',
};

const ended = (domain: Domain): Diagnosis => ({
	code: 'ended',
	message: 'Vira exited without an error.',
	detail: `launchd restarts it only after an error. It ${nextStart[domain]}.`,
	...byStart,
});

const endingText = ({lastExit = 'unknown'}: LoadedAgent): string => {
	if (typeof lastExit === 'number') return exitedStatus(lastExit);
	return isOfMacos(lastExit) ? `was killed by macOS (${lastExit})` : killedSignal(lastExit);
};

/** After this many starts since it was loaded, a service that exits with an error counts as crash-looping. */
const manyStarts = 3;

const crashed = (agent: LoadedAgent): Diagnosis => {
	const {runs, state, pended} = agent;
	const isAgain = state === 'spawn scheduled' || state === 'spawning';
	const how = `launchd has started it ${runs === 1 ? 'once' : `${runs} times`} since it was loaded`;
	if (isAgain && runs >= manyStarts)
		return {
			code: 'crash-loop',
			message: `Vira keeps crashing and restarting: the last time, it ${endingText(agent)}.`,
			detail: `${how}, and tries again every 10 seconds. The log shows why.`,
			fixes: [seeLog, {say: 'Then fix the cause, and run:', command: 'vira-setup'}],
			fixedBy: 'person',
		};
	const notNow = pended ? 'has postponed restarting it' : 'does not restart it automatically';
	return {
		code: 'crashed',
		message: `Vira ${endingText(agent)}.`,
		detail: `${how}, and ${isAgain ? 'restarts it within 10 seconds' : notNow}. The log shows why.`,
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
