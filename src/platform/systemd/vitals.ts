import {answerOf} from '../answer-of.ts';
import type {ServiceState} from '../facts.ts';
import type {System} from '../system.ts';
import type {Vitals} from '../vitals.ts';
import {askManager} from './ask-manager.ts';
import {commands, parseProperties} from './systemd.ts';
import {endedByItself, endingIn} from './unit-ending.ts';

/** `Mon 2026-03-02 09:00:00 UTC`: the only format before systemd 248 (systemctl(1), --timestamp=). */
const parseTimestamp = (text: string | undefined): number | undefined => {
	const [, day, time] = /^\w+ (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/u.exec(text ?? '') ?? [];
	return day === undefined || time === undefined ? undefined : Date.parse(`${day}T${time}Z`);
};

/** `[not set]` or the maximum value if memory accounting is off for user services. */
const parseMemory = (text: string | undefined): number | undefined => {
	const bytes = /^\d+$/u.test(text ?? '') ? Number(text) : Infinity;
	return bytes < Number.MAX_SAFE_INTEGER ? bytes : undefined;
};

/** The condition of the service, as the user manager reports it. */
export const readUnitVitals = async (system: System, {active}: ServiceState): Promise<Vitals> => {
	const shown = answerOf(await askManager(system, commands.showVitals, {timeoutMs: 5000}));
	if (shown === undefined) return {loaded: undefined, since: undefined, memory: undefined, ending: undefined};
	const properties = parseProperties(shown);
	const isRunning = active === 'active';
	const ending = isRunning ? undefined : endingIn(shown);
	return {
		loaded: properties['LoadState'] === 'loaded',
		since: isRunning ? parseTimestamp(properties['ActiveEnterTimestamp']) : undefined,
		memory: isRunning ? parseMemory(properties['MemoryCurrent']) : undefined,
		ending,
		...(ending !== undefined && !endedByItself(shown) && {isExplained: true}),
	};
};
