import type {AgentFile, Mac} from '../../platform/facts.ts';
import {isSwitchedOff} from '../../platform/macos/agents.ts';
import type {Domain} from '../../platform/macos/launchctl.ts';
import {cannotRun} from '../advice.ts';
import {isTrusted, mayOthersWrite} from './trusted-file.ts';
import {loginItems, setUpAgain, startIt, switchItOn, type Diagnosis} from './diagnosis.ts';

/** Of what is switched off, be it loaded or not. */
export const switchedOff = (facts: Mac, runs: boolean): Diagnosis => {
	const place = loginItems(facts);
	const who =
		place === undefined
			? 'A command has done that, such as launchctl unload -w.'
			: `A command has done that, or the switch in ${place}: which one cannot be seen.`;
	return {
		code: 'switched-off',
		title: runs
			? 'Vira runs, but is switched off on this Mac: it does not come back once it has stopped.'
			: 'Vira is switched off on this Mac: launchd does not start it.',
		detail: who,
		fixes: [startIt, ...(place === undefined ? [] : [`If that does not help, ${switchItOn(place)}.`])],
		fixedBy: 'us',
	};
};

const unclear = ({unusable}: Mac): Diagnosis => ({
	code: 'unclear',
	title: 'launchd does not say whether it has the service.',
	detail: unusable
		? `${unusable.tool} cannot be run. ${unusable.why}`
		: 'It did not answer, or not in a way that is known.',
	fixes: unusable ? cannotRun(unusable).fixes : ['Restart the Mac, if that does not pass.'],
	fixedBy: 'person',
});

const noSession = ({user}: Mac): Diagnosis => ({
	code: 'no-session',
	title: `Vira waits for ${user.name} to log in at the screen.`,
	detail: 'launchd starts it in a session there, and ends it with that session.',
	fixes: ['Log in at the screen once, then lock it: Vira goes on behind the lock.'],
	fixedBy: 'person',
});

const notTrusted = (facts: Mac, domain: Domain, file: AgentFile): Diagnosis | undefined => {
	if (isTrusted(facts, domain, file)) return undefined;
	const {path} = file;
	const othersMayWrite = mayOthersWrite(file);
	return {
		code: 'file-not-trusted',
		title: `launchd does not trust the file of the service: ${othersMayWrite ? 'others may write in it' : 'it belongs to somebody else'}.`,
		detail: `It is ${path}.`,
		fixes: [setUpAgain],
		fixedBy: 'us',
	};
};

const onVolume = ({mac}: Mac, {path}: AgentFile): Diagnosis | undefined =>
	mac.homeVolume && {
		code: 'file-on-volume',
		title: `launchd does not have the service: its file lies on the volume ${mac.homeVolume.name}.`,
		detail: `launchd refuses files on a volume that this Mac does not start from: ${path}.`,
		fixes: ['Set Vira up as somebody whose home folder is on the disk that this Mac starts from.'],
		fixedBy: 'person',
	};

const notLoaded = (facts: Mac): Diagnosis => {
	const place = loginItems(facts);
	return {
		code: 'not-loaded',
		title: 'Vira does not run, although you are logged in at the screen: launchd does not have it.',
		detail:
			place === undefined
				? 'Somebody has stopped it, or launchd has refused it: that cannot be seen.'
				: `Somebody has stopped it, or macOS has taken it out, as it does with what is off in ${place}: that cannot be seen.`,
		fixes: [startIt, ...(place === undefined ? [] : [`If it is gone again at once, ${switchItOn(place)}.`])],
		fixedBy: 'us',
	};
};

/** In a domain that nobody's login matters to. */
const stopped = (domain: 'user' | 'system'): Diagnosis => ({
	code: 'stopped',
	title:
		domain === 'user'
			? 'Vira was stopped, or the Mac has been restarted since it ran.'
			: 'Vira was stopped: launchd does not have it.',
	detail:
		domain === 'user'
			? 'In the background of an account, nothing but vira-setup starts it.'
			: 'It starts again at the next start of the Mac.',
	fixes: [startIt],
	fixedBy: 'us',
});

/** Why launchd does not have a service whose file is in its place. */
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
