import {expect, test} from '@jest/globals';
import {unitText} from '../../../../src/platform/systemd/unit/unit.ts';
import {serviceFrom} from '../../../../src/platform/service.ts';
import type {Settings} from '../../../../src/settings/options.ts';
import {debian, settings} from '../../../support/situation.ts';

const program = '/home/alice/.nix-profile/bin/vira';
const unitFor = (changes: Partial<Settings>): string =>
	unitText(serviceFrom(settings(changes), debian(), program));
const lineOf = (unit: string, key: string): string | undefined =>
	unit.split('\n').find((line) => line.startsWith(key));

test('the unit for the default settings', () => {
	expect(unitFor({})).toMatchInlineSnapshot(`
		"# Written by vira-setup, which overwrites this file when settings change.
		# Add your own settings in a drop-in: systemctl --user edit vira.service
		[Unit]
		Description=Vira web application
		After=network.target
		Wants=network.target

		[Service]
		ExecStart="/home/alice/.nix-profile/bin/vira" "--state-dir" "/home/alice/.local/share/vira/state" "--auto-reset-state" "web" "--host" "localhost" "--port" "5005" "--base-path" "/" "--job-retention-days" "14"
		Environment="PATH=/home/alice/.nix-profile/bin:/home/alice/.local/state/nix/profile/bin:/etc/profiles/per-user/alice/bin:/run/wrappers/bin:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin:/usr/local/bin:/usr/bin:/bin"
		Type=exec
		Restart=on-failure
		RestartSec=5s
		KillSignal=SIGINT
		NoNewPrivileges=true

		[Install]
		WantedBy=default.target
		"
	`);
});

test.each([
	[{https: false}, '--no-https'],
	[{tlsCert: '~/c.pem', tlsKey: '/k.pem'}, '"--tls-cert" "/home/alice/c.pem" "--tls-key" "/k.pem"'],
	[{maxConcurrentBuilds: 4}, '"--max-concurrent-builds" "4"'],
	[{autoBuildNewBranches: true}, '"--auto-build-new-branches"'],
	[{repositories: {a: 'https://x'}}, '"--import" "/home/alice/.config/vira-setup/initial-state.json"'],
	[{stateDir: '~/50% of $HOME'}, '"--state-dir" "/home/alice/50%% of $$HOME"'],
	[{basePath: '/a;b"c\\d/'}, String.raw`"--base-path" "/a;b\"c\\d/"`],
] satisfies readonly (readonly [Partial<Settings>, string])[])(
	'%j becomes %s on the command line',
	(changes, words) => {
		expect(lineOf(unitFor(changes), 'ExecStart=')).toContain(words);
	},
);

test('without HTTPS the command line has no certificate', () => {
	const unit = unitFor({https: false, tlsCert: '/c.pem', tlsKey: '/k.pem'});
	expect(lineOf(unit, 'ExecStart=')).toContain('"--no-https"');
	expect(unit).not.toContain('--tls-');
});

test.each([
	['ssh -i /path/to/key', 'ssh -i /path/to/key'],
	['$PATH stays', '$PATH stays'],
	['50%', '50%%'],
	['a\nb\tc\u0001', String.raw`a\nb\tc\x01`],
	['say "hi"\\', String.raw`say \"hi\"\\`],
])('the variable %j is written so that it arrives unchanged', (value, written) => {
	expect(unitFor({environment: {NAME: value}})).toContain(`Environment="NAME=${written}"\n`);
});

test('a line from the user replaces ours of the same name', () => {
	const unit = unitFor({serviceConfig: {Restart: 'always', MemoryMax: '2G'}});
	expect(unit.match(/^(?:Restart|MemoryMax)=.*$/gmu)).toEqual(['Restart=always', 'MemoryMax=2G']);
});

test('extra packages come first in PATH', () => {
	expect(lineOf(unitFor({extraPackages: ['~/tools', '/opt/x']}), 'Environment=')).toMatch(
		/^Environment="PATH=\/home\/alice\/tools\/bin:\/opt\/x\/bin:\/home\/alice\/\.nix-profile\/bin:/u,
	);
});
