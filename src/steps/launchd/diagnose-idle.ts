import {commandText} from '../../platform/command-text.ts';
import type {Mac} from '../../platform/facts.ts';
import {wasReplaced} from '../../platform/macos/agents.ts';
import type {Domain, LoadedAgent} from '../../platform/macos/launchctl.ts';
import {endingText, nextStart, seeLog, setUpAgain, startIt, type Diagnosis} from './diagnosis.ts';
import {noFolder, noLog, noProgram} from './diagnose-unusable.ts';

/** What launchd says where it could not make a process (sysexits.h, EX_CONFIG); a program can end with it too. */
const notStarted = 78;

/** What a shell says of a program that is not there, or that may not be run (sh(1), "Exit Status"). */
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
		title: 'launchd could not start Vira, and does not say why (status 78).',
		detail:
			'Its program, its folder and its log are there. Vira may also have ended with that status itself.',
		fixes: [
			seeLog,
			`log show --last 1h --predicate 'process == "launchd" AND composedMessage CONTAINS "org.vira.service"'`,
			startIt,
		],
		fixedBy: 'us',
	};
};

const putOff: Diagnosis = {
	code: 'put-off',
	title: 'launchd has put off the start of Vira.',
	detail: 'It does so while a login is not finished, or to save power, and may leave it so for long.',
	fixes: [startIt],
	fixedBy: 'us',
};

const ended = (domain: Domain): Diagnosis => {
	const next = nextStart[domain];
	return {
		code: 'ended',
		title: 'Vira has ended, without an error.',
		detail: `After an error launchd would start it again; after this it does so ${next === undefined ? 'no more' : `only ${next}`}.`,
		fixes: [startIt],
		fixedBy: 'us',
	};
};

/** A service that has run so often since it was loaded, and has ended with an error, does so again and again. */
const manyStarts = 3;

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const crashed = (agent: LoadedAgent): Diagnosis => {
	const {runs, state, pended} = agent;
	const isAgain = state === 'spawn scheduled' || state === 'spawning';
	const how = `launchd has started it ${times(runs)} since it was loaded`;
	if (isAgain && runs >= manyStarts)
		return {
			code: 'crash-loop',
			title: `Vira keeps ending: ${how}, and the last time it ended ${endingText(agent)}.`,
			detail: 'launchd goes on trying, every 10 seconds. The log says why it ends.',
			fixes: [seeLog, `Then mend what it says, and: ${setUpAgain}`],
			fixedBy: 'person',
		};
	const next = isAgain
		? 'starts it again within 10 seconds'
		: pended
			? 'has put off starting it again'
			: 'does not start it again by itself';
	return {
		code: 'crashed',
		title: `Vira ended ${endingText(agent)}.`,
		detail: `${how}, and ${next}. The log says why it ended.`,
		fixes: [seeLog, startIt],
		fixedBy: 'us',
	};
};

/** Reported since macOS 26. A program that is no whole one is killed however launchd has it. */
const replaced = ({needs: {program = 'PROGRAM'}}: LoadedAgent): Diagnosis => ({
	code: 'program-replaced',
	title: 'macOS killed Vira: launchd holds on to the code signature of the program that was there before.',
	detail: 'The program was replaced since launchd loaded the service. A start reloads it.',
	fixes: [
		startIt,
		`If it is killed again, its signature does not hold: ${commandText(['codesign', '--verify', program])}   says why`,
	],
	fixedBy: 'us',
});

/** Why a service that launchd has is without a process. */
export const diagnoseIdle = (facts: Mac, domain: Domain, agent: LoadedAgent): Diagnosis => {
	if (wasReplaced(agent)) return replaced(agent);
	if (agent.lastExit === undefined) return putOff;
	if (agent.lastExit === 0) return ended(domain);
	return notStartable(facts, agent) ?? crashed(agent);
};
