import {answerOf} from '../answer-of.ts';
import type {ServiceState} from '../facts.ts';
import type {Command, System} from '../system.ts';
import type {Vitals} from '../vitals.ts';

/** ps(1) without headings: how long the process has been running, and its resident memory in units of 1024 bytes. */
const showProcess = (pid: number): Command => ['/bin/ps', '-o', 'etime=,rss=', '-p', String(pid)];

/** `[[days-]hours:]minutes:seconds` (ps(1), etime), in milliseconds. */
const parseElapsed = (text: string): number | undefined => {
	const parts = /^(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)$/u.exec(text);
	if (!parts) return undefined;
	const [days, hours, minutes, seconds] = parts.slice(1).map((part: string | undefined) => Number(part ?? 0));
	return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
};

/** Running time and memory of the agent, which launchd does not report. */
export const readAgentVitals = async (
	system: System,
	{mainPid, ending}: ServiceState,
): Promise<Omit<Vitals, 'loaded'>> => {
	if (mainPid === undefined) return {since: undefined, memory: undefined, ending};
	const shown = answerOf(await system.run(showProcess(mainPid), {timeoutMs: 5000}));
	const [elapsed = '', kibibytes = ''] = (shown ?? '').trim().split(/\s+/u);
	const elapsedMs = parseElapsed(elapsed);
	return {
		since: elapsedMs === undefined ? undefined : system.now() - elapsedMs,
		memory: /^\d+$/u.test(kibibytes) ? Number(kibibytes) * 1024 : undefined,
		ending: undefined,
	};
};
