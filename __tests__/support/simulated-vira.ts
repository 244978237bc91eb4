import {posix} from 'node:path';
import {freshState} from '../../src/simulator/fresh-state.ts';
import {putFixtures} from '../../src/simulator/fixtures.ts';
import {changeUnit, unitOf, writeWithFolders, type Machine} from '../../src/simulator/machine.ts';
import {answerTo} from '../../src/simulator/network.ts';
import {openMachine} from '../../src/simulator/keeper.ts';
import {runVira} from '../../src/simulator/vira/vira-commands.ts';
import {beginVira, endVira, type StartedVira} from '../../src/simulator/vira/vira-life.ts';
import {viraProgramAt} from '../../src/simulator/programs.ts';
import {filesOf, folderInMemory} from './disks.ts';
import type {Heard, StandIn} from './vira/stand-in.ts';

const program = '/home/alice/.nix-profile/bin/vira';

const unit = 'vira.service';

/** The output of a running Vira, each stream separately. */
const listeningTo = (machine: Machine, heard: {stdout: string; stderr: string}): StartedVira => {
	const {process} = unitOf(machine, unit);
	if (!process) throw new Error('Nothing serves.');
	return {
		machine,
		process,
		says: async (text, stream) => {
			heard[stream] += `${text}\n`;
		},
		listens: (listens) => changeUnit(machine, unit, {process: {...process, listens}}),
	};
};

const real = (text: string): string =>
	text.replaceAll('STATE', '/home/alice/state').replaceAll('PORT', '5005');

const named = (text: string): string =>
	text
		.replaceAll('/home/alice/state', 'STATE')
		.replaceAll('5005', 'PORT')
		.replaceAll(/^(\u001b\[\d+m)?09:00 (?=\S+ +[A-Z]+ \[)/gmu, '$1TIME ');

const wordsOf = (words: string): string[] => real(words).split(' ');

/** The simulated Vira on a machine of its own, run by a unit. */
export const simulatedVira = async (): Promise<StandIn> => {
	const folder = folderInMemory();
	const place = {files: filesOf(folder), folder};
	const {inTurn} = await openMachine(place, {state: freshState({}), putFixtures});
	const heard = {stdout: '', stderr: ''};
	const ended = (how: Pick<Heard, 'status' | 'signal'>): Heard => ({
		...how,
		stdout: named(heard.stdout),
		stderr: named(heard.stderr),
	});
	return {
		run: (words, input = '') =>
			inTurn(async (machine) => {
				const vira = await viraProgramAt(machine, program);
				if (!vira) throw new Error('There is no Vira.');
				const command = [program, ...wordsOf(words)] as const;
				const {exitCode = null, stdout, stderr} = await runVira(machine, {vira, command, input});
				const broken = (text: string): string => named(text === '' ? '' : `${text}\n`);
				return {status: exitCode, signal: null, stdout: broken(stdout), stderr: broken(stderr)};
			}),
		begin: (words) =>
			inTurn(async (machine) => {
				const process = {program, arguments: wordsOf(words), environment: {}, folder: '/home/alice'};
				changeUnit(machine, unit, {active: 'active', mainPid: 1201, process});
				Object.assign(heard, {stdout: '', stderr: ''});
				const begun = await beginVira(machine, listeningTo(machine, heard));
				if ('serves' in begun) return ended({status: null, signal: null});
				changeUnit(machine, unit, {active: 'failed', mainPid: 0, process: undefined});
				return ended({status: begun.endsWith, signal: null});
			}),
		end: (signal) =>
			inTurn(async (machine) => {
				const by = await endVira(listeningTo(machine, heard), signal);
				changeUnit(machine, unit, {active: 'inactive', mainPid: 0, process: undefined});
				return ended({status: null, ...by});
			}),
		read: (path) => inTurn(({files}) => files.readFile(posix.normalize(real(path)))),
		write: (path, content) =>
			inTurn((machine) => writeWithFolders(machine, posix.normalize(real(path)), {content, mode: 0o644})),
		mode: (path) => inTurn(async ({files}) => (await files.inspect(real(path)))?.mode.toString(8)),
		takePort: () =>
			inTurn(async ({state}) => {
				state.listeners.push({port: 5005, program: 'registry'});
			}),
		ask: (path) =>
			inTurn(async (machine) => {
				const answer = await answerTo(machine, new URL(`http://127.0.0.1:5005${path}`));
				return typeof answer === 'object' && answer.answered ? answer.status : undefined;
			}),
		behave: (behaviour) =>
			inTurn(async ({state}) => {
				if (state.vira) state.vira.behaviour = behaviour;
			}),
	};
};
