import {expect, test} from '@jest/globals';
import {defaultSettings, withGiven} from '../../src/settings/options.ts';
import {misgivenText} from '../../src/settings/problem.ts';
import {
	formatSettingsFile,
	isNewerFormat,
	parseSavedSettings,
	parseSettingsFile,
} from '../../src/settings/settings-file.ts';
import {settings} from '../support/situation.ts';

test("the file is nested like Vira's Home Manager module", () => {
	const text = formatSettingsFile(settings({repositories: {vira: 'https://x/vira'}, environment: {A: '1'}}));
	expect(JSON.parse(text)).toMatchObject({
		schema: 1,
		hostname: 'localhost',
		tlsCert: null,
		initialState: {repositories: {vira: 'https://x/vira'}},
		systemd: {environment: {A: '1'}, serviceConfig: {}},
	});
});

test('what is written is read back, including keys of other versions', () => {
	const wanted = settings({
		port: 1,
		tlsCert: undefined,
		environment: {__proto__x: '', A: 'a\nb'},
		extraPackages: ['/a'],
	});
	const text = formatSettingsFile(wanted, {later: {x: 1}, 'systemd.socket': true});
	const read = parseSettingsFile(text);
	expect(read.problems).toEqual([]);
	expect(withGiven(defaultSettings({vira: undefined}), read.given)).toEqual(wanted);
	expect(formatSettingsFile(wanted, read.unknown)).toBe(text);
});

test.each([
	['{"schema": 1}', false],
	['{"schema": 2}', true],
	['\uFEFF{"schema": 2}', true],
	['{"schema": "2"}', false],
	['{"port": 1}', false],
	['{', false],
])('%j has a newer format: %j', (text, isNewer) => {
	expect(isNewerFormat(text)).toBe(isNewer);
});

/** As \`nix eval --json .#homeConfigurations.alice.config.services.vira\` prints it. */
const ofTheModule = {
	autoBuildNewBranches: false,
	autoResetState: true,
	basePath: '/',
	enable: true,
	extraPackages: ['/nix/store/0c6yhlkmgkv2ag1hhbk7vf6j0dqw3zvr-openssh-9.9p1'],
	hostname: '0.0.0.0',
	https: false,
	initialState: {repositories: {vira: 'https://github.com/juspay/vira'}},
	jobRetentionDays: 7,
	maxConcurrentBuilds: null,
	outputs: {serviceCommand: '/nix/store/…/bin/vira --state-dir /home/alice/.local/share/vira/state web'},
	package: '/nix/store/1r1fdcbkg4fgmfy45yl7kbxv2y5w6zhz-vira-0.1.0',
	port: 8080,
	stateDir: '/home/alice/.local/share/vira/state',
	systemd: {environment: {GIT_SSH_COMMAND: 'ssh -i /path/to/key'}, serviceConfig: {CPUQuota: '50%'}},
};

test("the JSON of Vira's module is read completely", () => {
	const {given, problems, unknown} = parseSettingsFile(JSON.stringify(ofTheModule));
	expect({problems, unknown}).toEqual({problems: [], unknown: {}});
	expect(withGiven(settings(), given)).toEqual(
		settings({
			extraPackages: ['/nix/store/0c6yhlkmgkv2ag1hhbk7vf6j0dqw3zvr-openssh-9.9p1'],
			hostname: '0.0.0.0',
			https: false,
			repositories: {vira: 'https://github.com/juspay/vira'},
			jobRetentionDays: 7,
			package: '/nix/store/1r1fdcbkg4fgmfy45yl7kbxv2y5w6zhz-vira-0.1.0',
			port: 8080,
			stateDir: '/home/alice/.local/share/vira/state',
			environment: {GIT_SSH_COMMAND: 'ssh -i /path/to/key'},
			serviceConfig: {CPUQuota: '50%'},
		}),
	);
});

test('a base path from the module or from saved settings gets its missing slashes; one from a given file is refused', () => {
	const ofModule = parseSettingsFile(JSON.stringify({...ofTheModule, basePath: '/vira'}));
	expect([ofModule.problems, ofModule.given.get('basePath')]).toEqual([[], '/vira/']);
	const saved = parseSavedSettings('{"basePath": "/vira"}');
	expect([saved.problems, saved.given.get('basePath')]).toEqual([[], '/vira/']);
	const ours = parseSettingsFile('{"basePath": "/vira"}');
	expect([ours.problems.map(misgivenText), ours.given.get('basePath')]).toEqual([
		[
			"basePath: Use /vira/: it must start and end with one /, or the links on Vira's pages point outside it.",
		],
		undefined,
	]);
});

test.each([
	['{"initialState": null, "systemd": null, "enable": null}', {}],
	['{"package": {"outPath": "/nix/store/a-vira", "name": "vira"}}', {package: '/nix/store/a-vira'}],
	['{"extraPackages": [{"outPath": "/nix/store/a-git"}, "/b"]}', {extraPackages: ['/nix/store/a-git', '/b']}],
	[
		'{"systemd": {"serviceConfig": {"CPUWeight": 50, "PrivateTmp": true, "Nice": -5}}}',
		{serviceConfig: {CPUWeight: '50', PrivateTmp: 'true', Nice: '-5'}},
	],
	['{"systemd": {"environment": {"outPath": "x", "DEBUG": 1}}}', {environment: {outPath: 'x', DEBUG: '1'}}],
])('%s is read as Home Manager would understand it', (text, wanted) => {
	const {given, problems, unknown} = parseSettingsFile(text);
	expect({problems, unknown, given: Object.fromEntries(given)}).toEqual({
		problems: [],
		unknown: {},
		given: wanted,
	});
});

const drop = 'To repeat the line, use a drop-in (systemctl --user edit vira.service).';

test.each([
	['{"port": 1, "hostname": "a", "port": 2}', ['port: Set twice.']],
	[
		'{"systemd": {"environment": {"a": "u", "b": "\\"{a:", "\\u0061": "v"}}}',
		['systemd.environment.a: Set twice.'],
	],
	['{"systemd": {}, "x": [{"y": 1}, {"y": 2}], "systemd": {}}', ['systemd: Set twice.']],
	[
		'{"systemd": "none", "initialState": []}',
		['systemd: Must be an object.', 'initialState: Must be an object.'],
	],
	[
		'{"systemd": {"serviceConfig": {"ExecStartPre": ["/a", "/b"], "Nice": null}}}',
		[`systemd.serviceConfig: ExecStartPre: Must be a string. ${drop}`],
	],
	['{"systemd": {"environment": {"A": 1.5}}}', ['systemd.environment: A: Must be a string.']],
	['{"package": {"name": "vira"}}', ['package: Must be a string.']],
	['{"package": null}', ['package: Must not be null. Set a value, or remove it.']],
])('%s is refused with the place to fix', (text, problems) => {
	const told = parseSettingsFile(text).problems.map(misgivenText);
	expect(told).toEqual(problems.map((problem) => expect.stringContaining(problem)));
});

test('a name that is only inside another object or a text is not a duplicate', () => {
	const text =
		'{"port": 1, "x": {"port": {"port": [1, {"port": 2}]}}, "hostname": "\\"port\\": 3, {", "y": {}}';
	expect(parseSettingsFile(text).problems.map(misgivenText)).toEqual([
		'hostname: Must be a host name, an IPv4 address or an IPv6 address.',
	]);
});

test.each([
	['[]', ['It must contain a JSON object.']],
	['{"port": "80"}', ['port "80": Must be a whole number from 1 to 65535.']],
	[
		'{"port": 0, "https": "yes"}',
		['port 0: Must be a whole number from 1 to 65535.', 'https "yes": Must be true or false.'],
	],
	[
		'{"systemd": {"environment": {"1A": "x"}}}',
		[
			'systemd.environment: 1A: A variable name must contain only letters, digits and _, and must not start with a digit.',
		],
	],
	['{"systemd": {"serviceConfig": {"ExecStart": "/bin/sh"}}}', [expect.stringContaining('ExecStart')]],
	[
		'{"systemd": {"serviceConfig": {"Type": "exec\\\\"}}}',
		['systemd.serviceConfig: Type: Must be one line that does not end with a backslash.'],
	],
	['{"stateDir": "state"}', ['stateDir "state": Must be a path that starts with / or ~/.']],
	['{"stateDir": null}', ['stateDir: Must not be null. Set a value, or remove it.']],
])('%s is refused with its place and its fix', (text, problems) => {
	expect(parseSettingsFile(text).problems.map(misgivenText)).toEqual(problems);
});
