import {describe, expect, test} from '@jest/globals';
import {serviceFrom} from '../../../src/platform/service.ts';
import type {Settings} from '../../../src/settings/options.ts';
import {debian, settings} from '../../support/situation.ts';
import {parseCommandLine} from '../../support/vira/command-line.ts';

const program = '/home/alice/.nix-profile/bin/vira';
const argumentsFor = (changes: Partial<Settings>): readonly string[] =>
	serviceFrom(settings(changes), debian(), program).arguments;

type Row = readonly [changes: Partial<Settings>, global: string, ofWeb: string];

/** The arguments before `web` and after it; no value has a space. */
// prettier-ignore
const rows: readonly Row[] = [
	[{},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{hostname: '0.0.0.0'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host 0.0.0.0 --port 5005 --base-path / --job-retention-days 14'],
	[{hostname: '::'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host :: --port 5005 --base-path / --job-retention-days 14'],
	[{hostname: 'fe80::1'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host fe80::1 --port 5005 --base-path / --job-retention-days 14'],
	[{hostname: 'ci.example.org.'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host ci.example.org. --port 5005 --base-path / --job-retention-days 14'],
	[{port: 1},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 1 --base-path / --job-retention-days 14'],
	[{port: 65_535},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 65535 --base-path / --job-retention-days 14'],
	[{https: false},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --no-https --job-retention-days 14'],
	[{tlsCert: '/c.pem', tlsKey: '/k.pem'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --tls-cert /c.pem --tls-key /k.pem --job-retention-days 14'],
	[{tlsCert: '~/c.pem', tlsKey: '~/k.pem'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --tls-cert /home/alice/c.pem --tls-key /home/alice/k.pem --job-retention-days 14'],
	[{https: false, tlsCert: '/c.pem', tlsKey: '/k.pem'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --no-https --job-retention-days 14'],
	[{https: false, tlsCert: '/c.pem'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --no-https --job-retention-days 14'],
	[{tlsCert: undefined, tlsKey: undefined},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{basePath: '/ci/'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path /ci/ --job-retention-days 14'],
	[{basePath: '/~/a/'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path /~/a/ --job-retention-days 14'],
	[{stateDir: '/srv/vira'},
		'--state-dir /srv/vira --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{stateDir: '~/vira'},
		'--state-dir /home/alice/vira --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{stateDir: '~'},
		'--state-dir /home/alice --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{stateDir: '/srv/~/vira'},
		'--state-dir /srv/~/vira --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{autoResetState: false},
		'--state-dir /home/alice/.local/share/vira/state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{jobRetentionDays: 0},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 0'],
	[{jobRetentionDays: 365},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 365'],
	[{maxConcurrentBuilds: undefined},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{maxConcurrentBuilds: 1},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --max-concurrent-builds 1 --job-retention-days 14'],
	[{maxConcurrentBuilds: 64},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --max-concurrent-builds 64 --job-retention-days 14'],
	[{autoBuildNewBranches: true},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --auto-build-new-branches --job-retention-days 14'],
	[{autoBuildNewBranches: false},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{repositories: {}},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{repositories: {a: 'https://x.org/a'}},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --import /home/alice/.config/vira-setup/initial-state.json --job-retention-days 14'],
	[{repositories: {a: '/a', b: 'git@x.org:b'}},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --import /home/alice/.config/vira-setup/initial-state.json --job-retention-days 14'],
	[{logLevel: 'Info'},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{logLevel: 'Debug'},
		'--state-dir /home/alice/.local/share/vira/state --log-level Debug --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{logLevel: 'Warning'},
		'--state-dir /home/alice/.local/share/vira/state --log-level Warning --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{logLevel: 'Error', autoResetState: false},
		'--state-dir /home/alice/.local/share/vira/state --log-level Error',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{https: false, repositories: {a: '/a'}},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --no-https --import /home/alice/.config/vira-setup/initial-state.json --job-retention-days 14'],
	[{maxConcurrentBuilds: 3, autoBuildNewBranches: true},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --max-concurrent-builds 3 --auto-build-new-branches --job-retention-days 14'],
	[{package: '/opt/vira', extraPackages: ['/opt/git'], environment: {A: 'b'}},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{serviceConfig: {MemoryMax: '2G'}, linger: false},
		'--state-dir /home/alice/.local/share/vira/state --auto-reset-state',
		'--host localhost --port 5005 --base-path / --job-retention-days 14'],
	[{stateDir: '/s', logLevel: 'Debug', autoResetState: true, hostname: '::1', port: 80, basePath: '/b/', tlsCert: '/c', tlsKey: '/k',
		repositories: {a: '/a'}, maxConcurrentBuilds: 9, autoBuildNewBranches: true, jobRetentionDays: 0},
		'--state-dir /s --log-level Debug --auto-reset-state',
		'--host ::1 --port 80 --base-path /b/ --tls-cert /c --tls-key /k --import /home/alice/.config/vira-setup/initial-state.json --max-concurrent-builds 9 --auto-build-new-branches --job-retention-days 0'],
	[{stateDir: '/s', logLevel: 'Error', autoResetState: false, hostname: 'a.b', port: 8443, basePath: '/b/', https: false,
		repositories: {a: '/a'}, maxConcurrentBuilds: 1, autoBuildNewBranches: true, jobRetentionDays: 1},
		'--state-dir /s --log-level Error',
		'--host a.b --port 8443 --base-path /b/ --no-https --import /home/alice/.config/vira-setup/initial-state.json --max-concurrent-builds 1 --auto-build-new-branches --job-retention-days 1'],
];

test.each(rows)('%j: vira %s web %s', (changes, global, ofWeb) => {
	expect(argumentsFor(changes).join(' ')).toBe(`${global} web ${ofWeb}`);
});

/** Each value as it stands in the one word after its flag. */
const oddValues: readonly (readonly [changes: Partial<Settings>, flag: string, word: string])[] = [
	[{stateDir: '/my state'}, '--state-dir', '/my state'],
	[{stateDir: '~/$HOME/${X}'}, '--state-dir', '/home/alice/$HOME/${X}'],
	[{stateDir: '/50%/%h'}, '--state-dir', '/50%/%h'],
	[{stateDir: '/-rf'}, '--state-dir', '/-rf'],
	[{stateDir: '~/'}, '--state-dir', '/home/alice/'],
	[{stateDir: `/it's "so"`}, '--state-dir', `/it's "so"`],
	[{stateDir: String.raw`/a\nb`}, '--state-dir', String.raw`/a\nb`],
	[{tlsCert: '~/my cert', tlsKey: '/k;#'}, '--tls-cert', '/home/alice/my cert'],
	[{tlsCert: '/c', tlsKey: '~/-k $1'}, '--tls-key', '/home/alice/-k $1'],
	[{basePath: '/$(id);`id`/'}, '--base-path', '/$(id);`id`/'],
	[{basePath: '/😀/é/'}, '--base-path', '/😀/é/'],
];

test.each(oddValues)('%j: %s is followed by %j', (changes, flag, word) => {
	const words = argumentsFor(changes);
	expect(words[words.indexOf(flag) + 1]).toBe(word);
	expect(words).toHaveLength(argumentsFor({...changes, stateDir: '/', basePath: '/'}).length);
});

describe('as strict as Vira', () => {
	const vira = {
		mode: 'behaves',
		version: '0.1.0',
		schemaVersion: 3,
		withoutFlags: [],
		dumpTo: undefined,
	} as const;
	const verdictOn = (words: readonly string[]): string => {
		const asked = parseCommandLine(words, vira);
		return asked.does === 'run' ? asked.command : asked.does;
	};

	test.each([...rows, ...oddValues].map(([changes]) => changes))('the stand-in accepts %j', (changes) => {
		expect(verdictOn(argumentsFor(changes))).toBe('web');
	});

	test.each(rows)('with %j it accepts no other order', (_, global, ofWeb) => {
		expect(verdictOn(`web ${global} ${ofWeb}`.split(' '))).toBe('refuse');
		expect(verdictOn(`${global} ${ofWeb} web`.split(' '))).toBe('refuse');
	});
});
