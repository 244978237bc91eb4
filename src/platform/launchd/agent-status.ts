import {noDesktopSession} from '../service-manager/service-words.ts';
import type {Manager, StatusFact, StatusWords} from '../service-manager/service-manager.ts';
import type {Settings} from '../../settings/options.ts';
import {loadedIn} from './agent/agent-state.ts';
import type {Mac} from './facts.ts';
import {domainTarget} from './launchctl.ts';
import {answerOf} from '../run-result.ts';
import type {ServiceState, Vitals} from '../machine-facts.ts';
import type {Command, System} from '../system.ts';

const domainFact = (
	{mac, user}: Mac,
	settings: Pick<Settings, 'domain'> | undefined,
	isUnclear: boolean,
): StatusFact => {
	const label = 'Domain';
	if (isUnclear) return {good: false, label, value: 'unknown: launchd does not respond'};
	const has = loadedIn(mac.agents).map((one) => domainTarget(one, user.uid));
	const wanted = settings?.domain ?? 'gui';
	const isThere = wanted !== 'gui' || mac.screen.session === 'there';
	const noSession = isThere ? '' : `, but ${noDesktopSession(user.name)}`;
	const none = `none: it belongs in ${domainTarget(wanted, user.uid)}${noSession}`;
	return {good: has.length === 1, label, value: has.join(' and ') || none};
};

const sessions = {there: true, absent: false, unknown: null} as const;

const statusOf = (facts: Mac): StatusWords => ({
	disabled: 'disabled: launchd does not load it at login',
	onlyAtLogin: "no: only when you log in to the Mac's desktop",
	absent: 'launchd does not respond',
	fact: (settings, isUnclear) => domainFact(facts, settings, isUnclear),
	fields: {domains: loadedIn(facts.mac.agents), desktopSession: sessions[facts.mac.screen.session]},
});

/** What a report on the service shows of launchd. */
export const agentReports = (facts: Mac): Pick<Manager, 'explainLog' | 'status' | 'drift' | 'dropIns'> => ({
	explainLog: () => undefined,
	status: statusOf(facts),
	drift: async () => [],
	dropIns: [],
});

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

export const readVitals = async (system: System, {mac}: Mac, state: ServiceState): Promise<Vitals> => ({
	loaded: state.active === 'unknown' ? undefined : loadedIn(mac.agents).length > 0,
	...(await readAgentVitals(system, state)),
});
