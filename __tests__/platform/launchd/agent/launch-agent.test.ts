import {expect, test} from '@jest/globals';
import {parse} from 'plist';
import {launchAgentText, type AgentSetting} from '../../../../src/platform/launchd/agent/launch-agent.ts';
import {readJob} from '../../../../src/simulator/macos/launchd/job.ts';
import {serviceFrom, type Service} from '../../../../src/platform/service.ts';
import type {Settings} from '../../../../src/settings/options.ts';
import {mac} from '../../../support/mac.ts';
import {settings} from '../../../support/situation.ts';

const program = '/Users/alice/.nix-profile/bin/vira';
const setting: AgentSetting = {
	domain: 'gui',
	user: {name: 'alice', home: '/Users/alice'},
	realProgram: '/nix/store/abc-vira-0.1.0/bin/vira',
	folder: '/Users/alice/.local/share/vira/state',
	logFile: '/Users/alice/Library/Logs/vira.log',
};
const serviceFor = (changes: Partial<Settings>): Service => serviceFrom(settings(changes), mac(), program);
const agentFor = (changes: Partial<Settings>, other: Partial<AgentSetting> = {}): string =>
	launchAgentText(serviceFor(changes), {...setting, ...other});

interface Agent {
	readonly ProgramArguments: readonly string[];
	readonly EnvironmentVariables: Readonly<Record<string, string>>;
	readonly LimitLoadToSessionType?: string;
}
const readBack = (text: string): Agent => parse(text) as unknown as Agent;

test('the agent of a Vira from Nix', () => {
	const changes = {maxConcurrentBuilds: 4, environment: {GIT_SSH_COMMAND: 'ssh -i "~/a & b"'}};
	expect(agentFor(changes)).toMatchInlineSnapshot(`
		"<?xml version="1.0" encoding="UTF-8"?>
		<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
		<plist version="1.0">
			<dict>
				<key>Label</key>
				<string>org.vira.service</string>
				<key>ProgramArguments</key>
				<array>
					<string>/bin/sh</string>
					<string>-c</string>
					<string>/bin/wait4path /nix/store &amp;&amp; exec "$0" "$@"</string>
					<string>/Users/alice/.nix-profile/bin/vira</string>
					<string>--state-dir</string>
					<string>/Users/alice/.local/share/vira/state</string>
					<string>--auto-reset-state</string>
					<string>web</string>
					<string>--host</string>
					<string>localhost</string>
					<string>--port</string>
					<string>5005</string>
					<string>--base-path</string>
					<string>/</string>
					<string>--max-concurrent-builds</string>
					<string>4</string>
					<string>--job-retention-days</string>
					<string>14</string>
				</array>
				<key>EnvironmentVariables</key>
				<dict>
					<key>PATH</key>
					<string>/Users/alice/.nix-profile/bin:/Users/alice/.local/state/nix/profile/bin:/etc/profiles/per-user/alice/bin:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin</string>
					<key>GIT_SSH_COMMAND</key>
					<string>ssh -i "~/a &amp; b"</string>
				</dict>
				<key>WorkingDirectory</key>
				<string>/Users/alice/.local/share/vira/state</string>
				<key>RunAtLoad</key>
				<true/>
				<key>KeepAlive</key>
				<dict>
					<key>SuccessfulExit</key>
					<false/>
					<key>Crashed</key>
					<true/>
				</dict>
				<key>ThrottleInterval</key>
				<integer>10</integer>
				<key>ExitTimeOut</key>
				<integer>20</integer>
				<key>ProcessType</key>
				<string>Interactive</string>
				<key>SoftResourceLimits</key>
				<dict>
					<key>NumberOfFiles</key>
					<integer>8192</integer>
				</dict>
				<key>StandardOutPath</key>
				<string>/Users/alice/Library/Logs/vira.log</string>
				<key>StandardErrorPath</key>
				<string>/Users/alice/Library/Logs/vira.log</string>
			</dict>
		</plist>
		"
	`);
});

test('a program outside the Nix store is started without a shell', () => {
	const {ProgramArguments} = readBack(agentFor({}, {realProgram: '/opt/vira/bin/vira'}));
	expect(ProgramArguments).toEqual([program, ...serviceFor({}).arguments]);
});

test('the shell that waits for Nix receives the words and interprets none of them', () => {
	const {ProgramArguments} = readBack(agentFor({stateDir: '/a $HOME; `id` "b"'}));
	expect(ProgramArguments.slice(0, 6)).toEqual([
		'/bin/sh',
		'-c',
		'/bin/wait4path /nix/store && exec "$0" "$@"',
		program,
		'--state-dir',
		'/a $HOME; `id` "b"',
	]);
});

test.each([
	['gui', undefined],
	['user', 'Background'],
] as const)('for the domain %s the session type is %s', (domain, type) => {
	expect(readBack(agentFor({}, {domain})).LimitLoadToSessionType).toBe(type);
});

test.each([
	['', '<string/>'],
	['  ', '<string>  </string>'],
	['<a href="x">&amp;</a>', '<string>&lt;a href="x"&gt;&amp;amp;&lt;/a&gt;</string>'],
	[']]>', '<string>]]&gt;</string>'],
	['a\nb\tc', '<string>a\nb\tc</string>'],
	['a\r\nb\r', '<string>a&#xD;\nb&#xD;</string>'],
	['a\u0085\u2028b', '<string>a&#x85;&#x2028;b</string>'],
	['\u007F😀\uFEFF', '<string>\u007F😀\uFEFF</string>'],
])('the variable %j is written so that it arrives unchanged', (value, written) => {
	const text = agentFor({environment: {NAME: value}});
	expect(text).toContain(`<key>NAME</key>\n\t\t\t${written}\n`);
	expect(readBack(text).EnvironmentVariables['NAME']).toBe(value);
});

test('text that XML cannot represent is never written', () => {
	expect(() => agentFor({environment: {NAME: '\u0001'}})).toThrow('Invalid character');
});

test('a daemon has the user’s home and name, unless the settings set others', () => {
	const variables = (environment: Settings['environment']) =>
		readBack(agentFor({environment}, {domain: 'system'})).EnvironmentVariables;
	expect(variables({})).toMatchObject({HOME: '/Users/alice', USER: 'alice', LOGNAME: 'alice'});
	expect(variables({HOME: '/Users/ci'})).toMatchObject({HOME: '/Users/ci', USER: 'alice'});
});

test('a build can raise its limit on open files as far as macOS lets it: the agent sets a soft limit only', () => {
	const job = readJob(agentFor({}));
	expect(job.good && job.job.openFiles).toEqual({soft: 8192});
});
