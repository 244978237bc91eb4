import {createHash} from 'node:crypto';

const suites = ['bullseye', 'bookworm', 'trixie'] as const;

/** A Debian release that a machine can be created from. */
export type Suite = (typeof suites)[number];

/** The suite of that name; without one that of VIRA_SETUP_SUITE, or else bookworm. */
export function chosenSuite(name = process.env['VIRA_SETUP_SUITE'] ?? 'bookworm'): Suite {
	const suite = suites.find((known) => known === name);
	if (suite === undefined)
		throw new Error(`No machine can be made of ${name}, only of ${suites.join(', ')}.`);
	return suite;
}

/** Everything that determines a base image. */
export interface Recipe {
	suite: Suite;
	packages: string[];
	files: {path: string; mode: number; content: string}[];
	removed: string[];
	commands: string[][];
}

/** The contents of a suite's base image; `more` are Debian packages in addition to the usual ones. */
export function recipeFor(suite: Suite, more: readonly string[] = []): Recipe {
	return {
		suite,
		packages: [...packages, suite === 'bullseye' ? 'policykit-1' : 'polkitd', ...more],
		files,
		// Both are taken over from the host.
		removed: ['/etc/resolv.conf', '/etc/apt/sources.list'],
		commands,
	};
}

/** A name that changes whenever the recipe does, so that an old image is never used for a new one. */
export function imageName(recipe: Recipe): string {
	const hash = createHash('sha256').update(JSON.stringify(recipe)).digest('hex');
	return `${recipe.suite}-${hash.slice(0, 12)}`;
}

const packages = [
	'systemd',
	'systemd-sysv',
	'dbus',
	'dbus-user-session',
	'libpam-systemd',
	'passwd',
	'login',
	'util-linux',
	'procps',
	'sudo',
	'openssl',
	// For node, which is shown inside from the host.
	'libstdc++6',
	'libatomic1',
];

const files = [
	{path: '/etc/hostname', mode: 0o644, content: 'machine\n'},
	// sudo looks up the name of the machine, and minbase brings no hosts file.
	{path: '/etc/hosts', mode: 0o644, content: '127.0.0.1 localhost machine\n::1 localhost\n'},
	{path: '/etc/default/locale', mode: 0o644, content: 'LANG=C.UTF-8\n'},
	{path: '/etc/sudoers.d/admin', mode: 0o440, content: 'admin ALL=(ALL:ALL) NOPASSWD: ALL\n'},
];

const commands = [
	['useradd', '--create-home', '--shell', '/bin/bash', '--uid', '1000', 'alice'],
	['useradd', '--create-home', '--shell', '/bin/bash', '--uid', '1001', 'admin'],
	['ln', '--symbolic', '/opt/vira-setup/entry.cjs', '/usr/local/bin/vira-setup'],
	['apt-get', 'clean'],
];
