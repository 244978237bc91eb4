import {expect, test} from '@jest/globals';
import {homeManagerText, type ModuleOwner} from '../../src/settings/home-manager.ts';
import {nixComment} from '../../src/settings/nix.ts';
import {settings} from '../support/situation.ts';

const alice: ModuleOwner = {user: {name: 'alice', home: '/home/alice'}, platform: 'linux'};

const openssh = '/nix/store/0c6yhlkmgkv2ag1hhbk7vf6j0dqw3zvr-openssh-9.9p1';

test("every setting, in the order and with the names of Vira's module", () => {
	const text = homeManagerText(
		settings({
			package: '/home/alice/.nix-profile/bin/vira',
			hostname: '0.0.0.0',
			https: false,
			tlsCert: '~/vira.crt',
			tlsKey: '/etc/vira.key',
			stateDir: '~/vira state',
			maxConcurrentBuilds: 4,
			repositories: {vira: 'https://github.com/juspay/vira', 'my project': 'git@host:my/project'},
			extraPackages: [openssh, 'nixpkgs#python3Packages.black', 'github:x/y#z', '~/tools'],
			environment: {GIT_SSH_COMMAND: 'ssh -i /path/to/key', EDITOR: 'vi'},
			serviceConfig: {CPUQuota: '50%', MemoryMax: '2G'},
			logLevel: 'Debug',
		}),
		alice,
	);
	expect(text).toMatchInlineSnapshot(`
		"services.vira = {
		  enable = true;
		  # The module needs a package. The current program is "/home/alice/.nix-profile/bin/vira".
		  # package = inputs.vira.packages.\${pkgs.stdenv.hostPlatform.system}.default;
		  hostname = "0.0.0.0";
		  port = 5005;
		  https = false;
		  # The module does not quote this value, so Vira would get a different one.
		  stateDir = "/home/alice/vira state";
		  basePath = "/";
		  autoResetState = true;
		  maxConcurrentBuilds = 4;
		  autoBuildNewBranches = false;
		  jobRetentionDays = 14;
		  # In a flake, store paths need --impure; packages from pkgs do not.
		  extraPackages = [
		    "/nix/store/0c6yhlkmgkv2ag1hhbk7vf6j0dqw3zvr-openssh-9.9p1"
		    # pkgs.python3Packages.black
		    # The package of "github:x/y#z": add that flake to your inputs.
		    # "~/tools" is a folder, and the module accepts only packages.
		  ];
		  initialState.repositories = {
		    vira = "https://github.com/juspay/vira";
		    "my project" = "git@host:my/project";
		  };
		  # The module does not quote these values, so some of them would change: GIT_SSH_COMMAND.
		  systemd.environment = {
		    GIT_SSH_COMMAND = "ssh -i /path/to/key";
		    EDITOR = "vi";
		  };
		  systemd.serviceConfig = {
		    PrivateTmp = "false";
		    CPUQuota = "50%";
		    MemoryMax = "2G";
		  };
		  # Not in the module, which supports only Vira's own certificate: tlsCert = "/home/alice/vira.crt", tlsKey = "/etc/vira.key".
		  # Not in the module, which always uses Info: logLevel = "Debug".
		  # Not in the module: systemd.serviceConfig.KillSignal = "SIGINT", which makes Vira write a checkpoint when it stops.
		  # PrivateTmp = "true", as in the module, can keep SSH from working since systemd 257.
		  # Not in the module: lingering. On NixOS: users.users.alice.linger = true; elsewhere: loginctl enable-linger
		};
		"
	`);
});

test('without any settings there are only the defaults', () => {
	expect(homeManagerText(settings({linger: false}), {...alice, platform: 'macos'})).toMatchInlineSnapshot(`
		"services.vira = {
		  enable = true;
		  # The module needs a package. The current program is "/home/alice/.nix-profile/bin/vira".
		  # package = inputs.vira.packages.\${pkgs.stdenv.hostPlatform.system}.default;
		  hostname = "localhost";
		  port = 5005;
		  https = true;
		  stateDir = "/home/alice/.local/share/vira/state";
		  basePath = "/";
		  autoResetState = true;
		  autoBuildNewBranches = false;
		  jobRetentionDays = 14;
		};
		"
	`);
});

test("the user's own KillSignal causes no warning", () => {
	const text = homeManagerText(settings({serviceConfig: {KillSignal: 'SIGTERM'}}), alice);
	expect(text).toContain('    KillSignal = "SIGTERM";\n');
	expect(text).not.toContain('SIGINT');
});

test("the user's own PrivateTmp replaces ours and causes no warning; a Mac has none", () => {
	const text = homeManagerText(settings({serviceConfig: {PrivateTmp: 'true'}}), alice);
	expect(text.match(/PrivateTmp.*/gu)).toEqual(['PrivateTmp = "true";']);
	expect(homeManagerText(settings(), {...alice, platform: 'macos'})).not.toContain('PrivateTmp');
});

/** The line that sets the option, without leading spaces. */
const lineOf = (text: string, name: string): string | undefined =>
	text
		.split('\n')
		.map((line) => line.trim())
		.find((line) => line.startsWith(`${name} = `));

test.each([
	['a"b', String.raw`"a\"b"`],
	[String.raw`a\b`, String.raw`"a\\b"`],
	['$', '"$"'],
	['a$b', '"a$b"'],
	['${x}', String.raw`"\${x}"`],
	['$${x}', String.raw`"$\${x}"`],
	['$$${x}', String.raw`"$$\${x}"`],
	[String.raw`\${x}`, String.raw`"\\\${x}"`],
	['\n', String.raw`"\n"`],
	['\r\n', String.raw`"\r\n"`],
	['\t', String.raw`"\t"`],
	["''", `"''"`],
	['# /* */', '"# /* */"'],
	['\u0001\u001B\u007F\u2028😀', '"\u0001\u001B\u007F\u2028😀"'],
	['', '""'],
])('%j is written as %s', (value, written) => {
	expect(lineOf(homeManagerText(settings({environment: {A: value}}), alice), 'A')).toBe(`A = ${written};`);
});

test.each([
	['plain', 'plain'],
	["_a-b'", "_a-b'"],
	...['if', 'then', 'else', 'assert', 'with', 'let', 'in', 'rec', 'inherit', 'or'].map((word) => [
		word,
		`"${word}"`,
	]),
	['1st', '"1st"'],
	['-a', '"-a"'],
	['a.b', '"a.b"'],
	['${x}', String.raw`"\${x}"`],
	['__proto__', '__proto__'],
	['bücher', '"bücher"'],
])('a repository named %j gets the name %s', (name = '', written) => {
	const repositories = Object.fromEntries([[name, 'u']]);
	expect(homeManagerText(settings({repositories}), alice)).toContain(`\n    ${written} = "u";\n`);
});

const hostile = '/a\nport = 1; */ ${x} "\r# ';

test.each([
	['a certificate', {tlsCert: hostile, tlsKey: hostile}],
	['a package', {package: hostile}],
	['an extra package', {extraPackages: [hostile, `nixpkgs#${hostile}`, `${openssh}${hostile}`]}],
])('%s cannot end the comment that contains it', (_, changes) => {
	const plain = homeManagerText(settings(), alice);
	const code = (text: string): readonly string[] =>
		text.split(/[\n\r]/u).filter((line) => !line.trim().startsWith('#'));
	const added = code(homeManagerText(settings(changes), alice)).filter((line) => !code(plain).includes(line));
	expect(added).toEqual('extraPackages' in changes ? ['  extraPackages = [', '  ];'] : []);
});

test('a comment stays on its line whatever it contains', () => {
	expect(nixComment('a\nb\r\nc */')).toBe('# a b  c */');
});

test.each([
	['GIT_SSH_COMMAND', 'ssh -i key', true],
	['A', 'a%h', true],
	['A', "it's", true],
	['A', 'a$b', false],
	['A', 'https://x/?y=1&z', false],
])('%s=%s arrives differently through the module: %s', (name, value, isChanged) => {
	const text = homeManagerText(settings({environment: {[name]: value}}), alice);
	expect(text.includes(`does not quote these values, so some of them would change: ${name}.`)).toBe(
		isChanged,
	);
});
