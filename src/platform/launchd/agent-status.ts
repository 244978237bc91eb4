import {noDesktopSession} from '../service-manager/service-words.ts';
import type {Manager, StatusFact, StatusWords} from '../service-manager/service-manager.ts';
import type {Settings} from '../../settings/options.ts';
import {loadedIn} from './agent/agent-state.ts';
import type {Mac} from './facts.ts';
import {domainTarget} from './launchctl.ts';

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
