import {linuxSystem, openLinux} from '../../../src/simulator/linux/linux-system.ts';
import {startUnit, stopUnit} from '../../../src/simulator/linux/service-life.ts';
import {unitOf, writeWithFolders, type Machine} from '../../../src/simulator/machine.ts';
import {failed, output} from '../../../src/simulator/result.ts';
import type {Command, RunResult} from '../../../src/platform/system.ts';
import type {SimulatedSystem} from '../../../src/simulator/simulated-system.ts';
import {filesOf, folderInMemory} from '../disks.ts';

const unit = 'vira.service';

/** The words of a shell command without escapes. */
const wordsIn = (line: string): readonly string[] =>
	(line.match(/(?:'[^']*'|[^\s'])+/gu) ?? []).map((word) => word.replaceAll("'", ''));

/** What the run file of a service does, as the simulated machine can play it. */
const playable = (script: string): string => {
	const [, log = ''] = /^exec >>(\S+) 2>&1$/mu.exec(script) ?? [];
	const words = wordsIn(/^exec env (.*)$/mu.exec(script)?.[1] ?? '');
	const isVariable = (word: string): boolean => /^\w+=/u.test(word);
	return [
		'[Service]',
		...words.filter(isVariable).map((word) => `Environment="${word}"`),
		`ExecStart=${words.filter((word) => !isVariable(word)).join(' ')}`,
		'Restart=always',
		'RestartSec=1',
		`StandardOutput=append:${log}`,
		`StandardError=append:${log}`,
	].join('\n');
};

/** sv(8) */
const sv = async (machine: Machine, [, does = '', folder = '']: readonly string[]): Promise<RunResult> => {
	const path = `${folder}/run`;
	const script = await machine.files.readFile(path);
	if (script === undefined) return failed(`fail: ${folder}: unable to change to service directory`);
	if (does === 'up') await startUnit(machine, unit, {path, text: playable(script), dropIns: []});
	if (does === 'down') await stopUnit(machine, unit);
	const {active, mainPid} = unitOf(machine, unit);
	return output(
		active === 'active' ? `run: ${folder}: (pid ${mainPid}) 1s` : `down: ${folder}: 1s, normally up`,
	);
};

/** A simulated machine without systemd, whose services runit runs. */
export const simulatedRunit = async (): Promise<SimulatedSystem> => {
	const folder = folderInMemory();
	const options = {files: filesOf(folder), folder, pace: 'instant'} as const;
	const keeper = await openLinux(options, {systemd: undefined, booted: false, userManager: 'stopped'});
	await keeper.inTurn((machine) => writeWithFolders(machine, '/etc/runit/2', {content: '', mode: 0o755}));
	const system = linuxSystem(keeper, options);
	const run = async (command: Command, given?: Parameters<SimulatedSystem['run']>[1]): Promise<RunResult> => {
		if (command[0] !== 'sv') return system.run(command, given);
		const result = await keeper.inTurn((machine) => sv(machine, command));
		await system.sleep(10);
		return result;
	};
	return {...system, run};
};
