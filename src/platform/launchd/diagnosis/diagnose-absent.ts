import {trial, type Domain} from '../launchctl.ts';
import type {AgentFile, Mac} from '../facts.ts';
import {onceItRuns} from '../../service-manager/advice.ts';
import {startVira} from '../../service-manager/service-words.ts';
import {isSwitchedOff} from '../agent/agent-state.ts';
import {isTrusted, mayOthersWrite} from '../agent/launch-agent.ts';
import {
	afterReboot,
	byRepair,
	byStart,
	loadedUnknown,
	loginItems,
	loginThenLock,
	switchItOn,
	unclearAnswer,
	useStartupDisk,
	type Diagnosis,
} from './diagnosis.ts';

const oneOf = (one: string, other: string): string => `${one}, or ${other}: macOS does not show which.`;

/** A start, and the switch of macOS if a start does not help. */
const startOrSwitch = (place: string | undefined, ifNot: string): Pick<Diagnosis, 'fixes' | 'fixedBy'> => ({
	fixes: [startVira, ...(place === undefined ? [] : [{say: `${ifNot}, ${switchItOn(place)}.`}])],
	fixedBy: 'us',
});

/** Of a disabled service, loaded or not. */
export const switchedOff = (facts: Mac, runs: boolean): Diagnosis => {
	const place = loginItems(facts);
	return {
		code: 'switched-off',
		message: runs
			? 'Vira is running, but disabled on this Mac: once stopped, it does not start again.'
			: 'Vira is disabled on this Mac: launchd does not start it.',
		detail:
			place === undefined
				? 'A command disabled it, such as launchctl unload -w.'
				: oneOf('A command disabled it', `it was turned off in ${place}`),
		...startOrSwitch(place, 'If that does not help'),
	};
};

const unclear = ({unusable}: Mac): Diagnosis => ({
	code: 'unclear',
	message: loadedUnknown,
	detail: unusable ? `${unusable.tool} cannot be run. ${unusable.why}` : unclearAnswer,
	fixes: unusable
		? [onceItRuns(unusable.tool, trial)]
		: [{say: 'If this does not go away, restart the Mac.'}],
	fixedBy: 'person',
});

const noSession = ({user}: Mac): Diagnosis => ({
	code: 'no-session',
	message: `Vira is waiting for ${user.name} to log in to the Mac's desktop.`,
	detail: 'launchd starts it in a desktop session, and stops it when that session ends.',
	fixes: [loginThenLock],
	fixedBy: 'person',
});

const notTrusted = (file: AgentFile): Diagnosis => ({
	code: 'file-not-trusted',
	message: `launchd does not trust the service file: ${mayOthersWrite(file) ? 'others can write to it' : 'it belongs to another account'}.`,
	detail: `The file is ${file.path}.`,
	...byRepair,
});

const onVolume = (volume: string, {path}: AgentFile): Diagnosis => ({
	code: 'file-on-volume',
	message: `launchd has not loaded the service: its file is on the volume ${volume}.`,
	detail: `launchd refuses files that are not on the startup disk: ${path}.`,
	fixes: [useStartupDisk],
	fixedBy: 'person',
});

const diagnoseNotLoaded = (facts: Mac): Diagnosis => {
	const place = loginItems(facts);
	const other =
		place === undefined ? 'launchd refused it' : `macOS unloaded it because it is off in ${place}`;
	return {
		code: 'not-loaded',
		message: 'Vira is not running, although you have a desktop session: launchd has not loaded it.',
		detail: oneOf('It was stopped', other),
		...startOrSwitch(place, 'If it stops again immediately'),
		asStopped: true,
	};
};

/** In a domain that does not depend on a login. */
const stopped: Readonly<Record<'user' | 'system', Diagnosis>> = {
	user: {
		code: 'stopped',
		message: 'Vira was stopped, or the Mac has rebooted since it ran.',
		detail: 'In the user domain, only vira-setup starts it.',
		...byStart,
		asStopped: true,
	},
	system: {
		code: 'stopped',
		message: 'Vira was stopped: launchd has not loaded it.',
		detail: afterReboot,
		...byStart,
		asStopped: true,
	},
};

/** Why a service is not loaded although its file exists. */
export const diagnoseAbsent = (facts: Mac, domain: Domain, file: AgentFile): Diagnosis => {
	const {mac} = facts;
	if (mac.agents[domain].known === 'unknown') return unclear(facts);
	if (isSwitchedOff(mac, domain) === true) return switchedOff(facts, false);
	if (domain === 'gui' && mac.screen.session !== 'there') return noSession(facts);
	if (!isTrusted(facts, domain, file)) return notTrusted(file);
	if (domain !== 'system' && mac.homeVolume) return onVolume(mac.homeVolume.name, file);
	return domain === 'gui' ? diagnoseNotLoaded(facts) : stopped[domain];
};
