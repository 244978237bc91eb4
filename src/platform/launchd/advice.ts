import type {Mac} from '../facts.ts';
import {domains, domainTarget, serviceTarget, trial} from './launchctl.ts';
import {asRoot, cannotRun, viraFound, type Advice, type MachineNotice} from '../service-manager/advice.ts';
import type {Notice} from '../../notice.ts';
import {diagnose} from './diagnose.ts';
import {noDesktopSession, runAgain} from '../service-manager/service-words.ts';
import {storeSoon, type Diagnosis} from './diagnosis.ts';
import {managedElsewhere} from './managed-elsewhere.ts';
import {homeOnVolume} from './volumes.ts';

const unclear = ({mac}: Mac): readonly Notice[] =>
	mac.screen.session === 'unknown'
		? [
				{
					level: 'error',
					code: 'launchd-unclear',
					message: 'launchd did not report whether you have a desktop session.',
					detail: mac.screen.words,
					fixes: [{say: '', command: 'launchctl print gui/$(id -u)'}],
				},
			]
		: [];

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
const tooOld = ({mac: {version}, systemName}: Mac): readonly Notice[] =>
	version === undefined || Number.parseInt(version, 10) >= oldest || version.startsWith('10.16')
		? []
		: [
				{
					level: 'error',
					code: 'macos-too-old',
					message: `${systemName} is too old: vira-setup needs macOS ${oldest} or newer.`,
					detail: 'launchd behaves differently in older versions, which vira-setup does not support.',
					fixes: [{say: `Update to macOS ${oldest} or newer, then run vira-setup again.`}],
				},
			];

const unanswered = (facts: Mac): readonly Notice[] => {
	if (facts.unusable) return [cannotRun(facts.unusable, trial)];
	return facts.mac.screen.session === 'unknown' ? unclear(facts) : agentUnclear(facts);
};

/** Every reason why nothing can be set up on this Mac. */
export const refusalsOn = (facts: Mac): readonly Notice[] => [
	...(facts.user.uid === 0 ? [asRoot(facts)] : []),
	...tooOld(facts),
	...managedElsewhere(facts),
	...unanswered(facts),
];

const whoseScreen = ({screenUser}: Mac['mac'], {name}: Mac['user']): string => {
	if (screenUser === undefined) return noDesktopSession(name);
	return `${screenUser === false ? 'No one' : screenUser} is logged in at this Mac's screen`;
};

const waitsForPassword =
	"after a reboot, nothing starts until someone enters a password at the Mac's screen.";

const afterReboot = ({fileVault}: Mac['mac']): string => {
	if (fileVault === undefined)
		return `fdesetup did not report whether FileVault is on. If it is, ${waitsForPassword}`;
	return fileVault
		? `FileVault is on: ${waitsForPassword}`
		: 'With automatic login (System Settings > Users & Groups), the first choice also starts at boot.';
};

/** Apple, "Understanding local network privacy": a daemon is exempt; an agent cannot ask for permission. */
const onLocalNetwork = ({version}: Mac['mac']): string =>
	version !== undefined && Number.parseInt(version, 10) < 15
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
		detail: `${afterReboot(mac)}${onLocalNetwork(mac)}${whileAsleep(mac)}`,
	};
};

/** For a person who comes back because Vira is not running. */
const amiss = (found: Diagnosis | undefined): readonly MachineNotice[] => {
	if (!found) return [];
	const fixedHere = found.fixedBy === 'us' ? ' Continue, and vira-setup fixes it.' : '';
	return [{...found, level: 'warning', detail: `${found.detail}${fixedHere}`, stops: true}];
};

const nixAway = ({mac}: Mac): readonly MachineNotice[] =>
	mac.nixMounted || !mac.nixExpected
		? []
		: [
				{
					level: 'warning',
					code: 'nix-not-mounted',
					message: 'The Nix store is not mounted.',
					detail: 'Until it is, a Vira in it cannot be found. The service waits for the store, then starts.',
					fixes: [{say: storeSoon}],
				},
			];

/** What the first screen of a Mac shows. */
export const adviceOn = (facts: Mac): readonly Advice[] => {
	const {mac, systemName} = facts;
	const found = diagnose(facts);
	const chip = mac.rosetta ? `${mac.architecture}, translated by Rosetta` : mac.architecture;
	return [
		{level: 'ok', code: 'system', message: `${systemName} on ${chip}`},
		viraFound(facts),
		...(found?.code === 'waits-for-store' ? [] : nixAway(facts)),
		...homeOnVolume(facts),
		...amiss(found),
		screenFound(facts),
	];
};
