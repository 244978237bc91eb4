import {trial} from './launchctl.ts';
import type {AgentFile, Mac} from '../facts.ts';
import {isSwitchedOff} from './agents.ts';
import type {Domain} from './launchctl.ts';
import {onceItRuns} from '../service-manager/advice.ts';
import {isTrusted, mayOthersWrite} from './trusted-file.ts';
import {startVira} from '../service-manager/usual-fixes.ts';
import {
	afterReboot,
	loadedUnknown,
	loginItems,
	loginThenLock,
	setUpAgain,
	switchItOn,
	unclearAnswer,
	useStartupDisk,
	type Diagnosis,
} from './diagnosis.ts';

const unknownWhich = ': macOS does not show which.';

/** Of a disabled service, loaded or not. */
export const switchedOff = (facts: Mac, runs: boolean): Diagnosis => {
	const place = loginItems(facts);
	const who =
		place === undefined
			? 'A command disabled it, such as launchctl unload -w.'
			: `A command disabled it, or it was turned off in ${place}${unknownWhich}`;
	return {
		code: 'switched-off',
		message: runs
			? 'Vira is running, but disabled on this Mac: once stopped, it does not start again.'
			: 'Vira is disabled on this Mac: launchd does not start it.',
		detail: who,
		fixes: [
			startVira,
			...(place === undefined ? [] : [{say: `If that does not help, ${switchItOn(place)}.`}]),
		],
		fixedBy: 'us',
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

const notTrusted = (facts: Mac, domain: Domain, file: AgentFile): Diagnosis | undefined => {
	if (isTrusted(facts, domain, file)) return undefined;
	const {path} = file;
	const othersMayWrite = mayOthersWrite(file);
	return {
		code: 'file-not-trusted',
		message: `launchd does not trust the service file: ${othersMayWrite ? 'others can write to it' : 'it belongs to another account'}.`,
		detail: `The file is ${path}.`,
		fixes: [setUpAgain],
		fixedBy: 'us',
	};
};

const onVolume = ({mac}: Mac, {path}: AgentFile): Diagnosis | undefined =>
	mac.homeVolume && {
		code: 'file-on-volume',
		message: `launchd has not loaded the service: its file is on the volume ${mac.homeVolume.name}.`,
		detail: `launchd refuses files that are not on the startup disk: ${path}.`,
		fixes: [useStartupDisk],
		fixedBy: 'person',
	};

const notLoaded = (facts: Mac): Diagnosis => {
	const place = loginItems(facts);
	return {
		code: 'not-loaded',
		message: 'Vira is not running, although you have a desktop session: launchd has not loaded it.',
		detail:
			place === undefined
				? `It was stopped, or launchd refused it${unknownWhich}`
				: `It was stopped, or macOS unloaded it because it is off in ${place}${unknownWhich}`,
		fixes: [
			startVira,
			...(place === undefined ? [] : [{say: `If it stops again immediately, ${switchItOn(place)}.`}]),
		],
		fixedBy: 'us',
	};
};

/** In a domain that does not depend on a login. */
const stopped = (domain: 'user' | 'system'): Diagnosis => ({
	code: 'stopped',
	message:
		domain === 'user'
			? 'Vira was stopped, or the Mac has rebooted since it ran.'
			: 'Vira was stopped: launchd has not loaded it.',
	detail: domain === 'user' ? 'In the user domain, only vira-setup starts it.' : afterReboot,
	fixes: [startVira],
	fixedBy: 'us',
});

/** Why a service is not loaded although its file exists. */
export const diagnoseAbsent = (facts: Mac, domain: Domain, file: AgentFile): Diagnosis => {
	const {mac} = facts;
	if (mac.agents[domain].known === 'unknown') return unclear(facts);
	if (isSwitchedOff(mac, domain) === true) return switchedOff(facts, false);
	if (domain === 'gui' && mac.screen.session !== 'there') return noSession(facts);
	const refused =
		notTrusted(facts, domain, file) ?? (domain === 'system' ? undefined : onVolume(facts, file));
	if (refused) return refused;
	return domain === 'gui' ? notLoaded(facts) : stopped(domain);
};
