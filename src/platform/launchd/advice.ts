import {trial, domains, domainTarget, serviceTarget} from './launchctl.ts';
import type {Notice} from '../../notice.ts';
import type {Mac} from './facts.ts';
import {asRoot, cannotRun, viraFound, type Advice, type MachineNotice} from '../service-manager/advice.ts';
import {noDesktopSession, runAgain} from '../service-manager/service-words.ts';
import {homeOnVolume} from './check-volumes.ts';
import {diagnose} from './diagnosis/diagnose.ts';
import {majorVersion, storeSoon, type Diagnosis} from './diagnosis/diagnosis.ts';
import {managedElsewhere} from './detect/find-owner.ts';

const unclear = (detail: string): Notice => ({
	level: 'error',
	code: 'launchd-unclear',
	message: 'launchd did not report whether you have a desktop session.',
	detail,
	fixes: [{say: '', command: 'launchctl print gui/$(id -u)'}],
});

/** If our file exists, launchd may have loaded the service: to assume that it has not could start a second one. */
const agentUnclear = ({mac, user}: Mac): readonly Notice[] =>
	domains
		.filter((domain) => mac.files[domain] && mac.agents[domain].known === 'unknown')
		.map((domain) => ({
			level: 'error',
			code: 'agent-unclear',
			message: `launchd did not report whether the service is loaded in ${domainTarget(domain, user.uid)}.`,
			detail: 'The service file exists, so vira-setup changes nothing until launchd answers.',
			fixes: [{say: '', command: `launchctl print ${serviceTarget(domain, user.uid)}`}, runAgain],
		}));

const oldest = 12;

/** For old programs, any newer macOS can report itself as 10.16 (SYSTEM_VERSION_COMPAT). */
const isTooOld = ({mac}: Mac): boolean =>
	majorVersion(mac) < oldest && mac.version?.startsWith('10.16') !== true;

const tooOld = ({systemName}: Mac): Notice => ({
	level: 'error',
	code: 'macos-too-old',
	message: `${systemName} is too old: vira-setup needs macOS ${oldest} or newer.`,
	detail: 'launchd behaves differently in older versions, which vira-setup does not support.',
	fixes: [{say: `Update to macOS ${oldest} or newer, then run vira-setup again.`}],
});

const unanswered = (facts: Mac): readonly Notice[] => {
	const {screen} = facts.mac;
	if (facts.unusable) return [cannotRun(facts.unusable, trial)];
	return screen.session === 'unknown' ? [unclear(screen.words)] : agentUnclear(facts);
};

/** Every reason why nothing can be set up on this Mac. */
export const refusalsOn = (facts: Mac): readonly Notice[] => [
	...(facts.user.uid === 0 ? [asRoot(facts)] : []),
	...(isTooOld(facts) ? [tooOld(facts)] : []),
	...managedElsewhere(facts),
	...unanswered(facts),
];

const whoseScreen = ({screenUser}: Mac['mac'], {name}: Mac['user']): string => {
	if (screenUser === undefined) return noDesktopSession(name);
	return `${screenUser === false ? 'No one' : screenUser} is logged in at this Mac's screen`;
};

const waitsForPassword =
	"after a reboot, nothing starts until someone enters a password at the Mac's screen.";

const startAfterReboot = ({fileVault}: Mac['mac']): string => {
	if (fileVault === undefined)
		return `fdesetup did not report whether FileVault is on. If it is, ${waitsForPassword}`;
	return fileVault
		? `FileVault is on: ${waitsForPassword}`
		: 'With automatic login (System Settings > Users & Groups), the first choice also starts at boot.';
};

/** Apple, "Understanding local network privacy": a daemon is exempt; an agent cannot ask for permission. */
const onLocalNetwork = (mac: Mac['mac']): string =>
	majorVersion(mac) < 15
		? ''
		: ' Since macOS 15, a service in the domain gui or user needs permission to use the local network; one in system does not.';

const whileAsleep = ({sleepsAfter}: Mac['mac']): string =>
	sleepsAfter ? ' Vira does not run while the Mac sleeps, whichever you choose.' : '';

const screenFound = ({mac, user}: Mac): Advice => {
	if (mac.screen.session === 'there')
		return {level: 'ok', code: 'screen', message: `${user.name} has a desktop session`};
	return {
		level: 'note',
		code: 'headless',
		option: 'domain',
		message: `${whoseScreen(mac, user)}: launchd starts agents only in your desktop session.`,
		answers: [
			{
				value: 'gui',
				label: 'Install now, start after the next login (gui)',
				detail: 'in your desktop session; stops at logout, not when locked; has your keychain',
			},
			{
				value: 'user',
				label: 'Run now, until the next reboot (user)',
				detail: 'in your background session; keeps running after logout; no keychain',
			},
			{
				value: 'system',
				label: 'Start at boot, as a daemon that runs as you (system)',
				detail: 'for the whole Mac; keeps running after logout; needs sudo once; no keychain',
			},
		],
		detail: `${startAfterReboot(mac)}${onLocalNetwork(mac)}${whileAsleep(mac)}`,
	};
};

/** For a person who comes back because Vira is not running. */
const amiss = (found: Diagnosis): MachineNotice => {
	const fixedHere = found.fixedBy === 'us' ? ' Continue, and vira-setup fixes it.' : '';
	return {...found, level: 'warning', detail: `${found.detail}${fixedHere}`, stops: true};
};

const nixAway: MachineNotice = {
	level: 'warning',
	code: 'nix-not-mounted',
	message: 'The Nix store is not mounted.',
	detail: 'Until it is, a Vira in it cannot be found. The service waits for the store, then starts.',
	fixes: [{say: storeSoon}],
};

/** What the first screen of a Mac shows. */
export const macAdvice = (facts: Mac): readonly Advice[] => {
	const {mac, systemName} = facts;
	const found = diagnose(facts);
	const isAway = !mac.nixMounted && mac.nixExpected && found?.code !== 'waits-for-store';
	const chip = mac.rosetta ? `${mac.architecture}, translated by Rosetta` : mac.architecture;
	return [
		{level: 'ok', code: 'system', message: `${systemName} on ${chip}`},
		viraFound(facts),
		...(isAway ? [nixAway] : []),
		...homeOnVolume(facts),
		...(found ? [amiss(found)] : []),
		screenFound(facts),
	];
};
