import {logText, type LogLine} from '../../../src/simulator/vira/vira-log.ts';

/** Prints to standard output, whatever the log level is. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The local time, hours and minutes. */
const now = (): string => new Date().toTimeString().slice(0, 5);

/** Prints those of the lines that are at least as severe as asked for. */
export const logLines = (lines: readonly LogLine[], least: string): void => {
	for (const line of logText(lines, least, now())) print(line);
};
