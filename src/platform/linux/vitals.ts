import type {ServiceState} from '../facts.ts';
import type {System} from '../system.ts';
import type {Vitals} from '../vitals.ts';
import {commands, parseProperties} from './systemd.ts';

/** `Mon 2026-03-02 09:00:00 UTC`: systemd has no other form before its version 248 (systemctl(1), --timestamp=). */
const parseTimestamp = (text: string | undefined): number | undefined => {
	const [, day, time] = /^\w+ (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/u.exec(text ?? '') ?? [];
	return day === undefined || time === undefined ? undefined : Date.parse(`${day}T${time}Z`);
};

/** `[not set]`, or the highest number that there is, where nobody counts the memory of a user's services. */
const parseMemory = (text: string | undefined): number | undefined => {
	const bytes = /^\d+$/u.test(text ?? '') ? Number(text) : Infinity;
	return bytes < Number.MAX_SAFE_INTEGER ? bytes : undefined;
};

/** Result= of org.freedesktop.systemd1(5), as far as it says more than the status does. */
const results: Readonly<Record<string, string>> = {
	'start-limit-hit': 'It failed so often that systemd gave up.',
	'oom-kill': 'The kernel ended it: the memory ran out.',
	timeout: 'It took too long, and systemd ended it.',
	resources: 'systemd could not make a process for it.',
};

const endingOf = ({
	Result = '',
	ExecMainStatus = '',
}: Readonly<Record<string, string>>): string | undefined => {
	if (Result === 'success' || Result === '') return undefined;
	if (Result === 'signal' || Result === 'core-dump') return `It was ended by the signal ${ExecMainStatus}.`;
	return results[Result] ?? `It ended with status ${ExecMainStatus}.`;
};

/** How the service fares, as the user manager tells it. */
export const readUnitVitals = async (system: System, {active}: ServiceState): Promise<Vitals> => {
	const {exitCode, stdout} = await system.run(commands.showVitals, {timeoutMs: 5000});
	if (exitCode !== 0) return {loaded: undefined, since: undefined, memory: undefined, ending: undefined};
	const properties = parseProperties(stdout);
	const isRunning = active === 'active';
	return {
		loaded: properties['LoadState'] === 'loaded',
		since: isRunning ? parseTimestamp(properties['ActiveEnterTimestamp']) : undefined,
		memory: isRunning ? parseMemory(properties['MemoryCurrent']) : undefined,
		ending: isRunning ? undefined : endingOf(properties),
	};
};
