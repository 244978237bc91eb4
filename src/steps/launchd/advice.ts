import type {Mac} from '../../platform/facts.ts';
import {domains, domainTarget, serviceTarget} from '../../platform/macos/launchctl.ts';
import {
	asRoot,
	cannotRun,
	viraFound,
	type Advice,
	type Choice,
	type Fine,
	type Refusal,
	type Warned,
} from '../advice.ts';
import {diagnose} from './diagnose.ts';
import type {Diagnosis} from './diagnosis.ts';
import {managedElsewhere} from './managed-elsewhere.ts';
import {homeOnVolume} from './volumes.ts';

const unclear = ({mac}: Mac): readonly Refusal[] =>
	mac.screen.session === 'unknown'
		? [
				{
					level: 'refusal',
					code: 'launchd-unclear',
					title: 'launchd does not say whether you have a session at the screen.',
					detail: mac.screen.words,
					fixes: ['launchctl print gui/$(id -u)'],
				},
			]
		: [];

/** Where our file is, launchd may well have the service: to go on as if it had not could start a second one. */
const agentUnclear = ({mac, user}: Mac): readonly Refusal[] =>
	domains
		.filter((domain) => mac.files[domain] && mac.agents[domain].known === 'unknown')
		.map((domain) => ({
			level: 'refusal',
			code: 'agent-unclear',
			title: `launchd does not say whether it has the service in ${domainTarget(domain, user.uid)}.`,
			detail: 'Its file is there, and without an answer nothing may be changed.',
			fixes: [`launchctl print ${serviceTarget(domain, user.uid)}`, 'Then start vira-setup again.'],
		}));

const oldest = 12;

/** A Mac can be told to call itself 10.16, for old programs, whatever newer version it has (SYSTEM_VERSION_COMPAT). */
const tooOld = ({mac: {version}, systemName}: Mac): readonly Refusal[] =>
	version === undefined || Number.parseInt(version, 10) >= oldest || version.startsWith('10.16')
		? []
		: [
				{
					level: 'refusal',
					code: 'macos-too-old',
					title: `This is ${systemName}: vira-setup needs macOS ${oldest} or newer.`,
					detail: 'launchd of older versions behaves differently, and vira-setup is not made for it.',
					fixes: [`Update to macOS ${oldest} or newer, and start vira-setup again.`],
				},
			];

const unanswered = (facts: Mac): readonly Refusal[] => {
	if (facts.unusable) return [cannotRun(facts.unusable)];
	return facts.mac.screen.session === 'unknown' ? unclear(facts) : agentUnclear(facts);
};

/** What keeps us from setting anything up on this Mac, all of it at once. */
export const refusalsOn = (facts: Mac): readonly Refusal[] => [
	...(facts.user.uid === 0 ? [asRoot(facts)] : []),
	...tooOld(facts),
	...managedElsewhere(facts),
	...unanswered(facts),
];

const whoseScreen = ({screenUser}: Mac['mac'], {name}: Mac['user']): string => {
	if (screenUser === undefined) return `${name} has no session at the screen`;
	return screenUser === false ? 'Nobody is logged in at the screen' : `The screen belongs to ${screenUser}`;
};

const afterReboot = ({fileVault}: Mac['mac']): string => {
	if (fileVault === undefined)
		return 'fdesetup does not say whether FileVault is on. If it is, after a reboot nothing starts until somebody enters a password at the screen.';
	return fileVault
		? 'FileVault is on: after a reboot nothing starts until somebody enters a password at the screen.'
		: 'With automatic login, in System Settings under Users & Groups, the first way starts at boot as well.';
};

/** Apple, "Understanding local network privacy": a daemon is exempt, and nobody can be asked for an agent. */
const onLocalNetwork = ({version}: Mac['mac']): string =>
	version !== undefined && Number.parseInt(version, 10) < 15
		? ''
		: ' Since macOS 15 an agent has to be allowed to use the local network; a daemon may.';

const whileAsleep = ({sleepsAfter}: Mac['mac']): string =>
	sleepsAfter ? ' In none of them does Vira run while the Mac sleeps.' : '';

const screenFound = ({mac, user}: Mac): Fine | Choice => {
	if (mac.screen.session === 'there')
		return {level: 'fine', code: 'screen', title: `${user.name} has a session at the screen`};
	return {
		level: 'choice',
		code: 'headless',
		option: 'domain',
		title: `${whoseScreen(mac, user)}: launchd starts agents of ${user.name} only in a session there.`,
		answers: [
			{
				value: 'gui',
				label: 'Install now, start at the next login',
				detail: 'log in at the screen once, then lock it; a logout ends it; with your keychain',
			},
			{
				value: 'user',
				label: 'Run now, until the next reboot',
				detail: 'a logout does not end it; after a reboot run vira-setup again; no keychain',
			},
			{
				value: 'system',
				label: 'Start at boot, as a daemon that runs as you',
				detail: 'needs sudo once; a logout does not end it; a reboot starts it again; no keychain',
			},
		],
		detail: `${afterReboot(mac)}${onLocalNetwork(mac)}${whileAsleep(mac)}`,
		fixes: [],
	};
};

/** For who comes back because Vira is down. */
const amiss = (found: Diagnosis | undefined): readonly Warned[] => {
	if (!found) return [];
	const {code, title, detail, fixes, fixedBy} = found;
	const goOn = fixedBy === 'us' ? ' Go on, and vira-setup mends it.' : '';
	return [{level: 'warning', code, title, detail: `${detail}${goOn}`, fixes, stops: true}];
};

const nixAway = ({mac}: Mac): readonly Warned[] =>
	mac.nixMounted || !mac.nixExpected
		? []
		: [
				{
					level: 'warning',
					code: 'nix-not-mounted',
					title: 'The Nix store is not mounted.',
					detail:
						'A Vira that is in it cannot be found before it is; the service waits for it, and starts then.',
					fixes: ['After a start of the Mac that can take a minute; then start vira-setup again.'],
				},
			];

/** What a person meets on the first screen of a Mac. */
export const adviceOn = (facts: Mac): readonly Advice[] => {
	const {mac, systemName} = facts;
	const found = diagnose(facts);
	const chip = mac.rosetta ? `${mac.architecture}, translated by Rosetta` : mac.architecture;
	return [
		{level: 'fine', code: 'system', title: `${systemName} on ${chip}`},
		viraFound(facts),
		...(found?.code === 'waits-for-store' ? [] : nixAway(facts)),
		...homeOnVolume(facts),
		...amiss(found),
		screenFound(facts),
	];
};
