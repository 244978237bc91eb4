import {agentText, gui, label, typed, type MacSimulation} from './simulated-mac.ts';
import type {System} from '../../src/platform/system.ts';
import {detect} from '../../src/steps/detect.ts';
import {diagnose} from '../../src/platform/launchd/diagnosis/diagnose.ts';
import type {Diagnosis} from '../../src/platform/launchd/diagnosis/diagnosis.ts';

/** The problem with the service on a simulated Mac, by the detected facts. */
export const diagnosisOf = async (machine: System): Promise<Diagnosis | undefined> => {
	const facts = await detect(machine);
	return facts.platform === 'macos' ? diagnose(facts) : undefined;
};

/** Something that happens to a Mac on which Vira runs. */
export type Incident = (machine: MacSimulation) => Promise<unknown>;

/** The process exits on its own. */
export const exit =
	(code: number): Incident =>
	({events}) =>
		events.procExit(gui, {how: 'exit', code});

/** A user types launchctl commands. */
export const type =
	(...lines: readonly string[]): Incident =>
	async (machine) => {
		for (const line of lines) await typed(machine, `launchctl ${line}`);
		await machine.sleep(3000);
	};

/** It exits with an error, and launchd tries to restart it, and cannot. */
export const unstartable =
	(spoil: Incident): Incident =>
	async (machine) => {
		await spoil(machine);
		await exit(1)(machine);
		await machine.sleep(15_000);
	};

export const remove =
	(path: string): Incident =>
	(machine) =>
		machine.deleteFolder(path, {withContents: true});

/** It keeps crashing, and would then work. */
export const crashLoop: Incident = async (machine) => {
	await machine.events.behave(label, {exitAfterMs: 200, ending: {how: 'exit', code: 1}});
	await exit(1)(machine);
	await machine.sleep(25_000);
	await machine.events.behave(label, {exitAfterMs: 1e9});
};

/** A second one, in the background. */
export const second: Incident = async (machine) => {
	await machine.events.put('/Users/alice/b.plist', agentText({LimitLoadToSessionType: 'Background'}));
	await type('bootstrap user/501 /Users/alice/b.plist')(machine);
};

/** It is loaded from another file. */
export const another: Incident = async (machine) => {
	await machine.events.put('/Users/alice/mine.plist', agentText());
	await type(`bootout ${gui}`)(machine);
	await type('bootstrap gui/501 /Users/alice/mine.plist')(machine);
};
