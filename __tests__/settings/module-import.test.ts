import {expect, test} from '@jest/globals';
import {readConfig} from '../../src/command-line/read-settings.ts';
import {unitText} from '../../src/platform/systemd/unit/unit.ts';
import {saysNothing} from '../../src/settings/module-json.ts';
import {parseSettingsFile} from '../../src/settings/settings-file.ts';
import type {UnitOwner} from '../../src/settings/unit-value.ts';
import {doubted, readBySystemd} from '../support/module-values.ts';

const alice: UnitOwner = {name: 'alice', uid: 1000, home: '/home/alice', platform: 'linux'};

const importing = (document: object, owner = alice) =>
	readConfig(
		'/vira.json',
		async () => JSON.stringify({enable: true, ...document}),
		async () => owner,
	);

const variables = async (environment: object, owner = alice) => {
	const {given, warnings = [], problems} = await importing({systemd: {environment}}, owner);
	return {problems, environment: given.get('environment'), said: warnings.map(({message}) => message)};
};

test.each(['null', '[]', '{}', '{"endpoint": null, "extra": {"headers": []}}'])(
	'an option of another module version that is %s loses nothing',
	async (value) => {
		const text = `{"enable": true, "port": 1, "otel": ${value}, "systemd": {"socket": ${value}}}`;
		const {given, problems} = await readConfig('/f', async () => text);
		expect([problems, [...given]]).toEqual([[], [['port', 1]]]);
		expect(parseSettingsFile(text).unknown).toHaveProperty('otel');
	},
);

test('an option of another module version that has a value is refused by its full name', async () => {
	const {problems} = await importing({
		otel: {enable: false},
		systemd: {socket: 'x'},
		initialState: {users: [1]},
	});
	expect(problems.map(({setting, place}) => [setting, place])).toEqual([
		['otel', '--config /vira.json: otel'],
		['systemd.socket', '--config /vira.json: systemd.socket'],
		['initialState.users', '--config /vira.json: initialState.users'],
	]);
	expect(problems[0]?.message).toBe(
		'This module option is not supported. To continue without it, remove it from the file.',
	);
});

test('endlessly nested objects cause no endless search', () => {
	const deep = JSON.parse(`${'{"a":'.repeat(20_000)}null${'}'.repeat(20_000)}`) as unknown;
	expect(saysNothing(deep)).toBe(false);
});

test.each(Object.entries(readBySystemd))(
	"%s keeps the meaning that it had in the module's unit",
	async (name, [text, meant]) => {
		expect(await variables({[name]: text})).toEqual({problems: [], environment: {[name]: meant}, said: []});
	},
);

test.each(Object.entries(doubted))(
	"%s, which the module's unit damages, causes a warning that names it",
	async (name, [text, here, doubt]) => {
		expect(await variables({[name]: text})).toEqual({
			problems: [],
			environment: {[name]: here},
			said: [`systemd.environment: ${name}: ${doubt}`],
		});
	},
);

test('on a Mac, where the module sets no variables, the values that systemd would have changed are named', async () => {
	const mac = {...alice, uid: 501, home: '/Users/alice', platform: 'macos'} as const;
	expect(await variables({A: '%t/ssh-agent', B: 'plain'}, mac)).toEqual({
		problems: [],
		environment: {A: '%t/ssh-agent', B: 'plain'},
		said: [
			'systemd.environment: A: On a Mac, the module passes no variables to Vira. vira-setup passes this one as written.',
		],
	});
});

test.each([
	['%h/vira state', '/home/alice/vira state', 1],
	['"%h/vira state"', '/home/alice/vira state', 0],
	['state', '/home/alice/state', 0],
	['~/state', '/home/alice/~/state', 0],
	['/srv/100%%', '/srv/100%', 0],
	['/srv/vira', '/srv/vira', 0],
	['${HOME}/vira', '/home/alice/vira', 0],
	['/srv/$$a/$HOME', '/srv/$a/$HOME', 0],
	['$XDG_RUNTIME_DIR', '/run/user/1000', 0],
	['/srv/${OTHER}', '/srv/${OTHER}', 1],
])('a state folder %s of the module is %s', async (stateDir, meant, doubts) => {
	const {given, problems, warnings} = await importing({stateDir});
	expect([problems, given.get('stateDir'), warnings?.length]).toEqual([[], meant, doubts]);
});

test('every value of our own file is used as it is written', async () => {
	const environment = {A: '%t/x', B: '"q"', C: 'a b'};
	const text = JSON.stringify({stateDir: '~/state', systemd: {environment}});
	const {given, warnings} = await readConfig(
		'/f',
		async () => text,
		async () => alice,
	);
	expect([given.get('environment'), given.get('stateDir'), warnings]).toEqual([environment, '~/state', []]);
});

const linesOf = (serviceConfig: object): readonly string[] => {
	const {given, problems} = parseSettingsFile(JSON.stringify({systemd: {serviceConfig}}));
	expect(problems).toEqual([]);
	const service = {description: 'Vira', program: '/v', arguments: [], environment: {}};
	const text = unitText({...service, serviceConfig: given.get('serviceConfig') as Record<string, string>});
	return text.slice(text.indexOf('ExecStart'), text.indexOf('\n\n[Install]')).split('\n').slice(1);
};

test.each<readonly [object, readonly string[]]>([
	[{Nice: 5, MemoryAccounting: true, CPUQuota: '50%'}, ['Nice=5', 'MemoryAccounting=true', 'CPUQuota=50%']],
	[{Nice: null, ExecStartPre: []}, []],
	[{ExecStartPre: ['/bin/a b']}, ['ExecStartPre=/bin/a b']],
	[{ExecStartPre: ['', '/bin/a']}, ['ExecStartPre=/bin/a']],
	[{PrivateTmp: true}, ['PrivateTmp=true']],
])('serviceConfig as %j is the lines that Home Manager would write', (serviceConfig, more) => {
	const own = ['Type=exec', 'Restart=on-failure', 'RestartSec=5s', 'KillSignal=SIGINT'];
	expect(linesOf(serviceConfig)).toEqual([...own, 'NoNewPrivileges=true', ...more]);
});

test("a module line removed by null gets systemd's default", () => {
	expect(
		linesOf({Type: null, Restart: null, RestartSec: [], NoNewPrivileges: null, PrivateTmp: null}),
	).toEqual(['Type=simple', 'Restart=no', 'RestartSec=100ms', 'KillSignal=SIGINT', 'NoNewPrivileges=false']);
});

test.each([
	[{ExecStartPre: ['/a', '/b']}, 'ExecStartPre'],
	[{Nice: 1.5}, 'Nice'],
	[{Nice: {a: 1}}, 'Nice'],
	[{Nice: [[1]]}, 'Nice'],
])('serviceConfig as %j is refused by the name of the entry', (serviceConfig, item) => {
	const {problems} = parseSettingsFile(JSON.stringify({systemd: {serviceConfig}}));
	expect(problems).toEqual([expect.objectContaining({setting: 'systemd.serviceConfig', item})]);
	expect(problems[0]?.message).toMatch(new RegExp(`^${item}: `, 'u'));
});
