import type {Settings} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import {commandText, asTyped} from '../command-text.ts';
import type {Mac} from './facts.ts';
import {bootIsUnknown} from '../service-manager/service-words.ts';
import type {Manager, Persistence} from '../service-manager/service-manager.ts';
import type {Command} from '../system.ts';
import {isSwitchedOff} from './agent/agent-state.ts';
import {atLogin, loginItems, loginThenLock} from './diagnosis/diagnosis.ts';
import {serviceTarget} from './launchctl.ts';

type Wanted = Pick<Settings, 'domain'>;

/** An agent starts at boot only with automatic login. */
const startsUnlocked = ({mac, user}: Mac, {domain}: Wanted): boolean | undefined => {
	if (domain !== 'gui') return domain === 'system';
	return mac.autoLogin === undefined ? undefined : mac.autoLogin === user.name;
};

/** Nothing starts from a disk that is locked at boot. */
const startAtBoot = (facts: Mac, wanted: Wanted): Omit<Persistence, 'survivesLogout'> => {
	const {fileVault} = facts.mac;
	const starts = startsUnlocked(facts, wanted);
	if (wanted.domain === 'user') return {startsAtBoot: false, notAtBoot: 'Only vira-setup starts it.'};
	if (starts === false || fileVault === true) return {startsAtBoot: false};
	if (starts === undefined)
		return {startsAtBoot: undefined, bootUnknown: 'defaults did not report who is logged in automatically.'};
	return fileVault === undefined
		? {startsAtBoot: undefined, bootUnknown: 'fdesetup did not report whether FileVault is on.'}
		: {startsAtBoot: true};
};

/** When a desktop session ends, its agents stop; services in the other domains keep running. */
export const persistenceOf = (facts: Mac, settings: Wanted): Persistence => ({
	...startAtBoot(facts, settings),
	survivesLogout: settings.domain !== 'gui',
});

const untilReboot: Warning = {
	code: 'until-reboot',
	option: 'domain',
	message: 'The service stops at the next reboot, and then only vira-setup starts it again.',
	fixes: [
		{say: 'To start it automatically, use the domain gui (after each desktop login) or system (at boot).'},
	],
};

const atNextLogin = ({mac, user}: Mac): Warning => ({
	code: 'headless',
	option: 'domain',
	message: `${user.name} has no desktop session: the service starts ${atLogin}.`,
	fixes: [
		loginThenLock,
		...(mac.fileVault ? [{say: "FileVault is on: a reboot waits for a password at the Mac's screen."}] : []),
	],
});

/** It is unknown whether a boot starts it or waits for a password. */
const bootUnknown = ({fileVault}: Mac['mac'], why: string): Warning => ({
	code: 'boot-unknown',
	option: 'domain',
	message: `${bootIsUnknown} ${why}`,
	...(fileVault === undefined && {
		fixes: [{say: 'If FileVault is on, a reboot waits until someone enters a password.'}],
	}),
});

const lockedAtBoot: Warning = {
	code: 'locked-at-boot',
	option: 'domain',
	message: 'FileVault is on: after a reboot, the service starts only after someone enters a password.',
	fixes: [{say: 'reboots once without waiting for a password', command: 'sudo fdesetup authrestart'}],
};

const withoutKeychain: Warning = {
	code: 'no-keychain',
	option: 'domain',
	message: 'Without a desktop session, builds cannot read your login keychain.',
	fixes: [{say: 'Use an SSH key for Git, or credentials in a file that only you can read.'}],
};

/** While a Mac sleeps, Vira does not run in any domain. */
const sleeping = (minutes: number): Warning => ({
	code: 'sleeps',
	message: `This Mac sleeps after ${minutes === 1 ? '1 minute' : `${minutes} minutes`} of inactivity: while it sleeps, Vira neither responds nor builds.`,
	fixes: [{say: 'keeps it awake', command: 'sudo pmset -a sleep 0'}],
});

const switchedOffWarning = (facts: Mac): Warning => {
	const place = loginItems(facts);
	return {
		code: 'switched-off',
		message: 'The service is disabled on this Mac; vira-setup enables it.',
		...(place !== undefined && {
			fixes: [{say: `If it was turned off in ${place}, turn it on there too.`}],
		}),
	};
};

const switchUnknown = ({user}: Mac, {domain}: Wanted): Warning => {
	const isDaemon = domain === 'system';
	const target = serviceTarget(isDaemon ? 'system' : 'user', user.uid);
	const enable: Command = ['launchctl', 'enable', target];
	return {
		code: 'switch-unknown',
		message:
			'launchd did not report whether the service is disabled on this Mac: if it is, it does not start automatically.',
		fixes: [{say: 'enables it', command: commandText(isDaemon ? asTyped(enable) : enable)}],
	};
};

const onSwitch = (facts: Mac, wanted: Wanted): readonly Warning[] => {
	const isOff = isSwitchedOff(facts.mac, wanted.domain);
	if (isOff === undefined) return [switchUnknown(facts, wanted)];
	return isOff ? [switchedOffWarning(facts)] : [];
};

/** A person who does not expect the item may turn it off. */
export const announcementOn = (facts: Mac): readonly Warning[] => {
	const place = loginItems(facts);
	if (place === undefined) return [];
	return [
		{
			code: 'background-item',
			message: 'macOS will announce a background item named "vira" or "sh". It is this service.',
			fixes: [{say: `Leave it turned on in ${place}.`}],
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

/** What to expect of these settings on this Mac. */
export const macBootBehavior = (facts: Mac, settings: Settings): ReturnType<Manager['outlook']> => {
	const persistence = persistenceOf(facts, settings);
	const {bootUnknown: why} = persistence;
	const {sleepsAfter} = facts.mac;
	return {
		...persistence,
		startsAtLogin: settings.domain === 'gui',
		warnings: [
			...onSwitch(facts, settings),
			...onDomain(facts, settings),
			...(why === undefined ? [] : [bootUnknown(facts.mac, why)]),
			...(sleepsAfter ? [sleeping(sleepsAfter)] : []),
		],
	};
};
