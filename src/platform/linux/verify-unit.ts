import {stripVTControlCharacters} from 'node:util';
import {answerOf} from '../answer-of.ts';
import type {Command, RunResult, System} from '../system.ts';
import {whyUnanswered} from '../why-unanswered.ts';
import {unitName} from './systemd.ts';

/** What systemd says of a unit. */
export interface UnitRemark {
	/** The line of the text that it is about, counted from 1; undefined: of the unit as a whole. */
	readonly line: number | undefined;
	/** systemd's own words. */
	readonly words: string;
	/** Whether systemd would leave something out, or the unit; otherwise it only advises. */
	readonly refuses: boolean;
}

export type Verified =
	| {readonly verified: true; readonly remarks: readonly UnitRemark[]}
	| {readonly verified: false; readonly why: string};

/** Measured: 20 to 60 ms, with 1000 variables too. */
const timeLimit = {timeoutMs: 10_000};

/**
 * systemd-analyze(1), verify. It begins a user manager of its own and so wants a runtime folder, which nobody has
 * before the first login ("Failed to initialize manager"); and it reads the drop-ins of the person's own folders,
 * which are not what is looked at here. A folder that is thrown away stands for all of these. Nothing is started in it.
 */
const verifyCommand = (path: string): Command => {
	const folder = path.slice(0, path.lastIndexOf('/'));
	const places = ['XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'].map((name) => `${name}=${folder}`);
	return ['env', ...places, 'systemd-analyze', '--user', '--man=no', 'verify', path];
};

/** What follows from another line, which says more. */
const followUp = /Unit configuration has fatal error|has a bad unit file setting/u;

/** `Unit uses MemoryLimit=; please use …`, `… type syslog is obsolete`: it is still done. */
const advice = /please use|obsolete|deprecated|experimental/u;

/** A program without a `/`: systemd before 250 looks for it nowhere here, and yet finds it when the service starts. */
const isBare = (words: string): boolean => /^Command [^\s\/]+ is not executable/u.test(words);

/**
 * `/…/vira.service:14: Invalid CPU quota 'abc', ignoring.` or `vira.service: Command foo is not executable: …`. Up to
 * 257 the exit status is 0 for lines that are ignored. Other units and the manager itself may say something too.
 */
const remarkIn = (line: string, failed: boolean): readonly UnitRemark[] => {
	const [, number, words] = /^(?:\/.*?\/)?vira\.service:(?:(\d+):)? (.*)$/u.exec(line) ?? [];
	if (words === undefined || followUp.test(words)) return [];
	const refuses = /ignor|refus/iu.test(words) || (failed && !advice.test(words) && !isBare(words));
	return [{line: number === undefined ? undefined : Number(number), words: words.trim(), refuses}];
};

/** systemd 247 colours its words, whatever they are written to. */
const linesOf = (text: string): readonly string[] =>
	stripVTControlCharacters(text)
		.split('\n')
		.map((line) => line.replaceAll(/\p{Cc}/gu, '').trim())
		.filter((line) => line !== '');

/** As a part of a sentence. */
const withoutEnd = (message: string): string => `${message.slice(0, 1).toLowerCase()}${message.slice(1, -1)}`;

const whyNot = (result: RunResult, lines: readonly string[]): string | undefined => {
	const {exitCode} = result;
	// env(1): 127 where there is no such program.
	if (!result.found || exitCode === 127) return 'there is no systemd-analyze on this machine';
	const why = whyUnanswered(result);
	if (why !== undefined) return `systemd-analyze gave no answer: ${withoutEnd(why)}`;
	if (exitCode === 0) return undefined;
	return `systemd-analyze said: ${lines[0] ?? 'nothing, and failed'}`;
};

const verifyIn = (system: System, text: string): Promise<Verified> =>
	system.withScratchFile(unitName, text, async (path) => {
		const result = await system.run(verifyCommand(path), timeLimit);
		const lines = linesOf(result.stderr);
		const remarks = lines.flatMap((line) => remarkIn(line, result.exitCode !== 0));
		const why = whyNot(result, lines);
		// A status other than 0 is an answer where the words that go with it are about this unit.
		const answered =
			why === undefined ||
			(whyUnanswered(result) === undefined && remarks.some(({refuses, words}) => refuses || isBare(words)));
		return answered ? {verified: true, remarks} : {verified: false, why};
	});

/** What systemd makes of the text of a unit, before there is a unit. */
export const verifyUnit = async (system: System, text: string): Promise<Verified> => {
	try {
		return await verifyIn(system, text);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		return {verified: false, why: `it could be put nowhere for systemd to read it (${error.message})`};
	}
};

/** The names that systemd knows, by section, such as `Service`. */
export type UnitKeys = ReadonlyMap<string, readonly string[]>;

/** Where Debian, merged or not, and NixOS keep the manager's own program: it is on no PATH. */
const managers = ['/usr/lib', '/lib', '/run/current-system/systemd/lib'].map(
	(folder) => `${folder}/systemd/systemd`,
);

/** systemd(1), --dump-configuration-items: `[Service]`, then lines such as `MemoryMax=LIMIT`. Measured: 8 ms. */
export const listUnitKeys = async (system: System): Promise<UnitKeys> => {
	const keys = new Map<string, string[]>();
	for (const manager of managers) {
		const listed = answerOf(await system.run([manager, '--user', '--dump-configuration-items'], timeLimit));
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
