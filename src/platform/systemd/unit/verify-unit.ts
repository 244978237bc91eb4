import {stripVTControlCharacters} from 'node:util';
import {answerOf, whyUnanswered} from '../../run-result.ts';
import type {Command, RunResult, System} from '../../system.ts';
import {unitName} from '../systemctl.ts';

/** A message of systemd about a unit. */
export interface UnitRemark {
	/** The line that it is about, counted from 1; undefined: it is about the whole unit. */
	readonly line: number | undefined;
	/** systemd's own words. */
	readonly words: string;
	/** Whether systemd would ignore a setting or refuse the unit; otherwise it is only advice. */
	readonly refuses: boolean;
}

type Verified =
	| {readonly verified: true; readonly remarks: readonly UnitRemark[]}
	| {readonly verified: false; readonly why: string};

/** Measured: 20 to 60 ms, with 1000 variables too. */
const verifyLimit = {timeoutMs: 10_000};

/**
 * systemd-analyze(1), verify. It starts its own user manager, so it needs a runtime folder, which does not exist before
 * the first login ("Failed to initialize manager"); and it reads drop-ins from the person's folders, which are not to be
 * checked here. A temporary folder replaces all of these. No unit is started.
 */
const verifyCommand = (path: string): Command => {
	const folder = path.slice(0, path.lastIndexOf('/'));
	const places = ['XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'].map((name) => `${name}=${folder}`);
	return ['env', ...places, 'systemd-analyze', '--user', '--man=no', 'verify', path];
};

/** Messages that only repeat a more specific one. */
const followUp = /Unit configuration has fatal error|has a bad unit file setting/u;

/** `Unit uses MemoryLimit=; please use …`, `… type syslog is obsolete`: the setting still works. */
const advice = /please use|obsolete|deprecated|experimental/u;

/** A program without a `/`: before 250, verify does not search for it, although systemd finds it at the start. */
const isBare = (words: string): boolean => /^Command [^\s\/]+ is not executable/u.test(words);

/**
 * `/…/vira.service:14: Invalid CPU quota 'abc', ignoring.` or `vira.service: Command foo is not executable: …`. Up to
 * 257 the exit status is 0 for ignored lines. Other units and the manager itself may print messages too.
 */
const remarkIn = (line: string, failed: boolean): readonly UnitRemark[] => {
	const [, number, words] = /^(?:\/.*?\/)?vira\.service:(?:(\d+):)? (.*)$/u.exec(line) ?? [];
	if (words === undefined || followUp.test(words)) return [];
	const refuses = /ignor|refus/iu.test(words) || (failed && !advice.test(words) && !isBare(words));
	return [{line: number === undefined ? undefined : Number(number), words: words.trim(), refuses}];
};

/** systemd 247 prints colors even if its output is not a terminal. */
const linesOf = (text: string): readonly string[] =>
	stripVTControlCharacters(text)
		.split('\n')
		.map((line) => line.replaceAll(/\p{Cc}/gu, '').trim())
		.filter((line) => line !== '');

/** A sentence as a part of another one. */
const withoutEnd = (message: string): string => `${message.slice(0, 1).toLowerCase()}${message.slice(1, -1)}`;

const whyNot = (result: RunResult, lines: readonly string[]): string | undefined => {
	const {exitCode} = result;
	// env(1): 127 if the program does not exist.
	if (!result.found || exitCode === 127) return 'systemd-analyze was not found';
	const why = whyUnanswered(result);
	if (why !== undefined) return `systemd-analyze failed: ${withoutEnd(why)}`;
	if (exitCode === 0) return undefined;
	return `systemd-analyze failed: ${lines[0] ?? 'it printed no reason'}`;
};

const verifyIn = (system: System, text: string): Promise<Verified> =>
	system.withScratchFile(unitName, text, async (path) => {
		const result = await system.run(verifyCommand(path), verifyLimit);
		const lines = linesOf(result.stderr);
		const remarks = lines.flatMap((line) => remarkIn(line, result.exitCode !== 0));
		const why = whyNot(result, lines);
		// A status other than 0 is a valid answer if the messages are about this unit.
		const answered =
			why === undefined ||
			(whyUnanswered(result) === undefined && remarks.some(({refuses, words}) => refuses || isBare(words)));
		return answered ? {verified: true, remarks} : {verified: false, why};
	});

/** Has systemd check the text of a unit before it is installed. */
export const verifyUnit = async (system: System, text: string): Promise<Verified> => {
	try {
		return await verifyIn(system, text);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		return {verified: false, why: `the unit could not be written to a temporary folder (${error.message})`};
	}
};

/** The settings that systemd knows, by section, such as `Service`. */
export type UnitKeys = ReadonlyMap<string, readonly string[]>;

/** Where Debian (with or without merged /usr) and NixOS keep the manager's program, which is not on the PATH. */
const managerPrograms = ['/usr/lib', '/lib', '/run/current-system/systemd/lib'].map(
	(folder) => `${folder}/systemd/systemd`,
);

/** systemd(1), --dump-configuration-items: `[Service]`, then lines such as `MemoryMax=LIMIT`. Measured: 8 ms. */
export const listUnitKeys = async (system: System): Promise<UnitKeys> => {
	const keys = new Map<string, string[]>();
	for (const manager of managerPrograms) {
		const listed = answerOf(await system.run([manager, '--user', '--dump-configuration-items'], verifyLimit));
		if (listed === undefined) continue;
		let section: string[] = [];
		for (const line of listed.split('\n')) {
			const [, header, key] = /^(?:\[(\w+)\]|(\w+)=.*)$/u.exec(line) ?? [];
			if (header !== undefined) keys.set(header, (section = []));
			if (key !== undefined) section.push(key);
		}
		break;
	}
	return keys;
};
