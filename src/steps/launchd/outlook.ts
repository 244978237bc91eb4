import type {Mac} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Manager, Persistence} from '../manager.ts';

/** An agent starts at boot only where somebody is logged in at the screen by themselves then. */
const startsAtBoot = ({mac, user}: Mac, {domain}: Pick<Settings, 'domain'>): boolean =>
	domain === 'gui' && mac.autoLogin === user.name && mac.fileVault !== true;

/** A session at the screen takes its agents with it when it ends; the background goes on until the next reboot. */
export const persistenceOf = (facts: Mac, settings: Pick<Settings, 'domain'>): Persistence => ({
	startsAtBoot: startsAtBoot(facts, settings),
	survivesLogout: settings.domain === 'user',
});

const untilReboot: Warning = {
	code: 'until-reboot',
	option: 'domain',
	sentence: 'The service ends with the next reboot, and nothing but vira-setup brings it back.',
	mend: ['To have it start by itself, use the domain gui and log in at the screen.'],
};

const atNextLogin = ({mac, user}: Mac): Warning => ({
	code: 'headless',
	option: 'domain',
	sentence: `${user.name} has no session at the screen: the service starts at the next login there.`,
	mend: [
		'Log in at the screen once, then lock it: the service goes on behind the lock.',
		...(mac.fileVault ? ['FileVault is on: a reboot waits for a password at the screen.'] : []),
	],
});

const switchedOff: Warning = {
	code: 'switched-off',
	sentence: 'The service is switched off on this Mac; vira-setup switches it on.',
	mend: [
		'Where it was switched off in System Settings, General, Login Items & Extensions, switch it on there as well.',
	],
};

/** What the settings lead to on this Mac. */
export const outlookOn = (facts: Mac, settings: Settings): ReturnType<Manager['outlook']> => ({
	...persistenceOf(facts, settings),
	warnings: [
		...(facts.mac.disabled ? [switchedOff] : []),
		...(settings.domain === 'user' ? [untilReboot] : []),
		...(settings.domain === 'gui' && facts.mac.screen.session === 'absent' ? [atNextLogin(facts)] : []),
	],
});
