import {commandText} from '../../platform/command-text.ts';
import type {Mac} from '../../platform/facts.ts';
import {isSwitchedOff} from '../../platform/macos/agents.ts';
import {serviceTarget} from '../../platform/macos/launchctl.ts';
import {asTyped} from '../../platform/run-as-root.ts';
import type {Command} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Manager, Persistence} from '../manager.ts';
import {loginItems} from './diagnosis.ts';

type Wanted = Pick<Settings, 'domain'>;

/** An agent needs somebody who is logged in at the screen by themselves. */
const startsUnlocked = ({mac, user}: Mac, {domain}: Wanted): boolean | undefined => {
	if (domain !== 'gui') return domain === 'system';
	return mac.autoLogin === undefined ? undefined : mac.autoLogin === user.name;
};

/** A disk that is locked at boot starts nothing. */
const atBoot = (facts: Mac, wanted: Wanted): Pick<Persistence, 'startsAtBoot' | 'bootUnknown'> => {
	const {fileVault} = facts.mac;
	const starts = startsUnlocked(facts, wanted);
	if (starts === false || fileVault === true) return {startsAtBoot: false};
	if (starts === undefined)
		return {startsAtBoot: undefined, bootUnknown: 'defaults does not say who is logged in automatically.'};
	return fileVault === undefined
		? {startsAtBoot: undefined, bootUnknown: 'fdesetup does not say whether FileVault is on.'}
		: {startsAtBoot: true};
};

/** A session at the screen takes its agents with it when it ends; what is elsewhere goes on. */
export const persistenceOf = (facts: Mac, settings: Wanted): Persistence => ({
	...atBoot(facts, settings),
	survivesLogout: settings.domain !== 'gui',
});

const untilReboot: Warning = {
	code: 'until-reboot',
	option: 'domain',
	message: 'The service ends with the next reboot, and nothing but vira-setup brings it back.',
	fixes: ['To have it start by itself, use the domain gui and log in at the screen, or the domain system.'],
};

const atNextLogin = ({mac, user}: Mac): Warning => ({
	code: 'headless',
	option: 'domain',
	message: `${user.name} has no session at the screen: the service starts at the next login there.`,
	fixes: [
		'Log in at the screen once, then lock it: the service goes on behind the lock.',
		...(mac.fileVault ? ['FileVault is on: a reboot waits for a password at the screen.'] : []),
	],
});

/** Neither a start at boot nor a wait for a password can be promised. */
const bootUnknown = ({fileVault}: Mac['mac'], {bootUnknown: why}: Persistence): readonly Warning[] =>
	why === undefined
		? []
		: [
				{
					code: 'boot-unknown',
					option: 'domain',
					message: `It is not known whether the service starts at boot. ${why}`,
					...(fileVault === undefined && {
						fixes: ['With FileVault on, a reboot waits until somebody has entered a password.'],
					}),
				},
			];

const lockedAtBoot: Warning = {
	code: 'locked-at-boot',
	option: 'domain',
	message:
		'FileVault is on: after a reboot the disk is locked, and the service starts once somebody has entered a password.',
	fixes: ['For one reboot without that: sudo fdesetup authrestart'],
};

const withoutKeychain: Warning = {
	code: 'no-keychain',
	option: 'domain',
	message: 'Without a session at the screen, builds cannot read your login keychain.',
	fixes: ['Let Git use an SSH key, or credentials in a file that only you can read.'],
};

/** Nobody is served by a Mac that sleeps, whatever the domain. */
const sleeping = ({sleepsAfter: minutes = 0}: Mac['mac']): readonly Warning[] =>
	minutes === 0
		? []
		: [
				{
					code: 'sleeps',
					message: `This Mac goes to sleep after ${minutes === 1 ? '1 minute' : `${minutes} minutes`} without use: while it sleeps, Vira neither answers nor builds.`,
					fixes: ['sudo pmset -a sleep 0   keeps it awake'],
				},
			];

const switchedOff = (facts: Mac): Warning => {
	const place = loginItems(facts);
	return {
		code: 'switched-off',
		message: 'The service is switched off on this Mac; vira-setup switches it on.',
		...(place !== undefined && {
			fixes: [`Where it was switched off in ${place}, switch it on there as well.`],
		}),
	};
};

const switchUnknown = ({user}: Mac, {domain}: Wanted): Warning => {
	const target = serviceTarget(domain === 'system' ? domain : 'user', user.uid);
	const enable: Command = ['launchctl', 'enable', target];
	const command = commandText(domain === 'system' ? asTyped(enable) : enable);
	return {
		code: 'switch-unknown',
		message:
			'launchd does not say whether the service is switched off on this Mac: if it is, it does not start by itself.',
		fixes: [`${command}   switches it on`],
	};
};

const onSwitch = (facts: Mac, {domain}: Wanted): readonly Warning[] => {
	const isOff = isSwitchedOff(facts.mac, domain);
	if (isOff === undefined) return [switchUnknown(facts, {domain})];
	return isOff ? [switchedOff(facts)] : [];
};

/** Somebody who does not expect it takes the item for a stranger's, and switches it off. */
export const announcementOn = (facts: Mac): readonly Warning[] => {
	const place = loginItems(facts);
	if (place === undefined) return [];
	return [
		{
			code: 'background-item',
			message:
				'macOS will tell you that a background item was added, by the name "vira" or "sh": that is the service.',
			fixes: [`Leave it switched on in ${place}.`],
		},
	];
};

const onDomain = (facts: Mac, {domain}: Settings): readonly Warning[] => {
	switch (domain) {
		case 'gui':
			return facts.mac.screen.session === 'absent' ? [atNextLogin(facts)] : [];
		case 'user':
			return [untilReboot, withoutKeychain];
		case 'system':
			return [...(facts.mac.fileVault ? [lockedAtBoot] : []), withoutKeychain];
	}
};

/** What the settings lead to on this Mac. */
export const outlookOn = (facts: Mac, settings: Settings): ReturnType<Manager['outlook']> => {
	const persistence = persistenceOf(facts, settings);
	return {
		...persistence,
		warnings: [
			...onSwitch(facts, settings),
			...onDomain(facts, settings),
			...bootUnknown(facts.mac, persistence),
			...sleeping(facts.mac),
		],
	};
};
