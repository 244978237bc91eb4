import type {Mac, OtherOwner} from '../../platform/facts.ts';
import {loadedIn} from '../../platform/macos/agents.ts';
import {
	asRoot,
	viraFound,
	type Advice,
	type Choice,
	type Fine,
	type Refusal,
	type Warned,
} from '../advice.ts';

/** A daemon goes on after its file is gone, until the next reboot. One that runs as this person is ours to replace. */
const loadedDaemon = ({mac: {agents}, user}: Mac): OtherOwner | undefined => {
	if (agents.system.known !== 'loaded' || agents.system.agent.userName === user.name) return undefined;
	const path = agents.system.agent.path ?? '/Library/LaunchDaemons/org.vira.service.plist';
	return {by: 'system-unit', path, target: undefined};
};

const managedElsewhere = (facts: Mac): readonly Refusal[] => {
	const managedBy = facts.managedBy ?? loadedDaemon(facts);
	if (!managedBy) return [];
	const {by, path, target} = managedBy;
	const owner = {
		'home-manager': {
			who: 'Home Manager',
			mend: 'Set services.vira.enable = false in your Home Manager configuration and switch to it; then start vira-setup again.',
		},
		link: {who: 'somebody else', mend: `Remove the link if it is not needed any more: rm ${path}`},
		'other-unit': {who: 'somebody else', mend: `Remove ${path} first.`},
		'system-unit': {
			who: 'the system, as a daemon',
			mend: `Remove the daemon first; two of them would fight over one port: sudo launchctl bootout system/org.vira.service, then sudo rm ${path}`,
		},
	}[by];
	return [
		{
			level: 'refusal',
			code: 'managed-elsewhere',
			title: `A service named org.vira.service is managed by ${owner.who}.`,
			consequence:
				target === undefined || target === path ? `Its file is ${path}.` : `${path} is a link to ${target}.`,
			mend: [owner.mend],
		},
	];
};

const unclear = ({mac}: Mac): readonly Refusal[] =>
	mac.screen.session === 'unknown'
		? [
				{
					level: 'refusal',
					code: 'launchd-unclear',
					title: 'launchd does not say whether you have a session at the screen.',
					consequence: mac.screen.words,
					mend: ['launchctl print gui/$(id -u)'],
				},
			]
		: [];

/** What keeps us from setting anything up on this Mac, all of it at once. */
export const refusalsOn = (facts: Mac): readonly Refusal[] => [
	...(facts.user.uid === 0 ? [asRoot(facts)] : []),
	...managedElsewhere(facts),
	...unclear(facts),
];

const screenFound = ({mac, user}: Mac): Fine | Choice => {
	if (mac.screen.session === 'there')
		return {level: 'fine', code: 'screen', title: `${user.name} has a session at the screen`};
	const whose =
		mac.screenUser === undefined
			? 'Nobody is logged in at the screen'
			: `The screen belongs to ${mac.screenUser}`;
	return {
		level: 'choice',
		code: 'headless',
		option: 'domain',
		title: `${whose}: launchd starts agents of ${user.name} only in a session there.`,
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
		consequence: mac.fileVault
			? 'FileVault is on: after a reboot nothing starts until somebody enters a password at the screen.'
			: 'With automatic login, in System Settings under Users & Groups, the first way starts at boot as well.',
		mend: [],
	};
};

const twice = ({mac}: Mac): readonly Warned[] =>
	loadedIn(mac.agents).length > 1
		? [
				{
					level: 'warning',
					code: 'loaded-twice',
					title: 'launchd has the service twice, in two of its domains: they fight over one port.',
					consequence: 'vira-setup takes both out and loads one.',
					mend: [],
				},
			]
		: [];

const nixAway = ({mac, vira}: Mac): readonly Warned[] =>
	mac.nixMounted || !vira?.path.includes('nix')
		? []
		: [
				{
					level: 'warning',
					code: 'nix-not-mounted',
					title: 'The Nix store is not mounted.',
					consequence: 'The service waits for it, and starts when it is.',
					mend: [],
				},
			];

/** What a person meets on the first screen of a Mac. */
export const adviceOn = (facts: Mac): readonly Advice[] => {
	const {mac, systemName} = facts;
	const chip = mac.rosetta ? `${mac.architecture}, translated by Rosetta` : mac.architecture;
	return [
		{level: 'fine', code: 'system', title: `${systemName} on ${chip}`},
		viraFound(facts),
		...nixAway(facts),
		...twice(facts),
		screenFound(facts),
	];
};
