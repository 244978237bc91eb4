import {alice, firstAsid, headlessMac, type GivenMac} from '../../src/simulator/macos/fresh-mac.ts';

const overSsh = {session: 'Background', viaSsh: true} as const;

/** The sessions in which the program can be run. Each is alice's Mac with macOS 15. */
export const macPresets = {
	/** In a terminal window of the desktop session. */
	desktop: {},
	/** Over SSH, and no one is logged in at the Mac's screen. */
	headless: headlessMac,
	/** As `headless`, but the user has not logged in since the last boot. */
	unseen: {mac: {caller: overSsh, console: 0, domains: {}}},
	/** Over SSH, while the same user has a desktop session. */
	sshAndScreen: {mac: {caller: overSsh}},
	/** Over SSH, while another user has a desktop session. */
	otherAtScreen: {
		mac: {
			caller: overSsh,
			console: 502,
			domains: {[alice.uid]: {gui: false, asid: 0}, 502: {gui: true, asid: firstAsid}},
		},
	},
	/** With sudo, in a terminal window of alice. */
	root: {
		user: {name: 'root', uid: 0, home: '/var/root', sudoFrom: alice.name},
		mac: {caller: {session: 'System', viaSsh: false}},
	},
} satisfies Readonly<Record<string, GivenMac>>;
