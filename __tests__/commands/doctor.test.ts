import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {ownPair} from '../support/certificates.ts';
import {put, type, typeAll, unitPath} from '../support/installed.ts';
import {behave, during, ignoring, linuxStates, setUp} from '../support/linux-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, run, told} from '../support/run-command.ts';
import type {Document} from '../support/valid-document.ts';
import {isFixable} from '../support/notices.ts';
import type {NoticeDocument} from '../../src/ui/scripted/json-text.ts';

const receiptPath = '/home/alice/.local/state/vira-setup/receipt.json';
const settingsPath = '/home/alice/.config/vira-setup/settings.json';
const statePath = '/home/alice/.local/share/vira/state';

interface Check {
	readonly level: string;
	readonly code: string;
	readonly message: string;
	readonly fixes: NoticeDocument['fixes'];
}

const checksOf = (document: Document): readonly Check[] => document['checks'] as readonly Check[];

/** All problems, by their code. */
const found = (document: Document): readonly string[] =>
	checksOf(document)
		.filter(({level}) => level !== 'ok')
		.map(({level, code, fixes}) => `${level} ${code}${isFixable({fixes}) ? ', fixable' : ''}`);

const edit = async (machine: Simulation, path: string, change: (text: string) => string): Promise<void> =>
	machine.writeFile(path, change((await machine.readFile(path)) ?? ''), 0o600);

const inState = async (change: (machine: Simulation) => Promise<unknown>): Promise<Simulation> => {
	const machine = await setUp({}, '--repository', 'a=https://x/a');
	await change(machine);
	return machine;
};

const withBrokenCertificate = async (): Promise<Simulation> => {
	const machine = await simulate();
	await machine.writeFile('/home/alice/c.pem', ownPair.certificate, 0o600);
	await machine.writeFile('/home/alice/k.pem', ownPair.key, 0o600);
	const words = [
		'--tls-cert',
		'/home/alice/c.pem',
		'--tls-key',
		'/home/alice/k.pem',
		'--hostname',
		'0.0.0.0',
	];
	expect((await run(machine, ...words)).document.outcome).toBe('installed');
	await machine.writeFile('/home/alice/c.pem', 'broken', 0o600);
	return machine;
};

/** What it starts exits immediately, so that `vira-setup start` undoes it. */
const otherStarted = async (): Promise<Simulation> => {
	const machine = await linuxStates.stopped();
	await put(machine, `${unitPath}.d/limits.conf`, '[Service]\nExecStart=\nExecStart=/opt/other\n');
	await machine.events.change({dropIns: [`${unitPath}.d/limits.conf`]});
	expect((await lines(machine, 'start'))[0]).toBe(6);
	return machine;
};

/** What happened to the machine, what is found, and what remains after --fix. */
const findings: readonly (readonly [
	what: string,
	machine: () => Promise<Simulation>,
	found: readonly string[],
	left: readonly string[],
])[] = [
	['nothing', () => setUp(), [], []],
	[
		'it is not set up',
		() => simulate(),
		['warning lingering', 'error not-set-up'],
		['warning lingering', 'error not-set-up'],
	],
	['it was stopped', linuxStates.stopped, ['error stopped, fixable'], []],
	[
		'lingering was turned off',
		linuxStates['lingering off'],
		['error lingering, fixable', 'error stopped, fixable', 'warning starts-at-boot'],
		[],
	],
	[
		'it was disabled',
		linuxStates.disabled,
		['error stopped, fixable', 'warning starts-at-boot', 'error not-enabled, fixable'],
		[],
	],
	[
		'it was masked',
		linuxStates.masked,
		['error masked, fixable', 'error stopped, fixable', 'warning starts-at-boot'],
		[],
	],
	[
		'its unit was deleted',
		() => inState(async (machine) => machine.deleteFile(unitPath)),
		['warning starts-at-boot', 'error file-missing, fixable'],
		[],
	],
	[
		'its unit was changed by hand',
		() => inState((machine) => edit(machine, unitPath, (text) => `${text}# mine\n`)),
		['warning changed-by-hand', 'warning not-reloaded'],
		['warning changed-by-hand', 'warning not-reloaded'],
	],
	[
		'its settings were edited',
		() => inState((machine) => edit(machine, settingsPath, (text) => text.replace('5005', '8443'))),
		['error page', 'warning not-applied, fixable'],
		[],
	],
	[
		'its page answers with a server error',
		async () => ({...(await setUp()), ask: async () => ({answered: true, status: 503})}),
		['error page'],
		['error page'],
	],
	[
		'the receipt is missing',
		() => inState((machine) => machine.deleteFile(receiptPath)),
		['warning no-receipt, fixable'],
		[],
	],
	[
		'the receipt is damaged',
		() => inState((machine) => edit(machine, receiptPath, () => '{"a')),
		['warning receipt-unreadable, fixable'],
		[],
	],
	[
		'others can read its settings',
		() =>
			inState(async (machine) => put(machine, settingsPath, (await machine.readFile(settingsPath)) ?? '')),
		['warning other-mode, fixable'],
		[],
	],
	[
		'others can read its unit',
		() => inState(async (machine) => put(machine, unitPath, (await machine.readFile(unitPath)) ?? '')),
		['warning other-mode, fixable'],
		[],
	],
	[
		'its settings cannot be read',
		() => inState((machine) => edit(machine, settingsPath, () => '{"port": 70')),
		['error unreadable'],
		['error unreadable'],
	],
	[
		'its settings cannot be read, and it is stopped',
		() =>
			inState(async (machine) => {
				await type(machine, 'systemctl --user stop vira.service');
				await edit(machine, settingsPath, () => '{"port": 70');
			}),
		['error unreadable', 'error stopped'],
		['error unreadable', 'error stopped'],
	],
	[
		'its certificate is damaged while it runs',
		withBrokenCertificate,
		['error certificate-unusable'],
		['error certificate-unusable'],
	],
	[
		'a drop-in starts another program, and that fails',
		otherStarted,
		['error program-unusable', 'warning drop-in'],
		['error program-unusable', 'warning drop-in'],
	],
	[
		'root checks a machine without systemd',
		() => simulate({booted: false, user: {name: 'root', uid: 0, home: '/root', sudoFrom: undefined}}),
		['error no-systemd', 'error root', 'error not-set-up'],
		['error no-systemd', 'error root', 'error not-set-up'],
	],
	[
		'a run was killed',
		() => inState((machine) => edit(machine, receiptPath, (text) => text.replace('complete', 'pending'))),
		['error interrupted, fixable'],
		[],
	],
	[
		'the clock was wrong when it was set up',
		() =>
			inState((machine) => edit(machine, receiptPath, (text) => text.replace(/"at": "2026/u, '"at": "2031'))),
		['warning clock'],
		['warning clock'],
	],
	[
		'a run was killed while it wrote a file',
		() =>
			inState((machine) => put(machine, '/home/alice/.config/systemd/user/.vira.service.vira-setup~', 'x')),
		['warning half-written'],
		['warning half-written'],
	],
	[
		'another program has taken its port',
		() =>
			inState(async (machine) => {
				await type(machine, 'systemctl --user stop vira.service');
				await machine.events.change({listeners: [{port: 5005, program: 'nginx'}]});
			}),
		['error stopped', 'error not-applicable'],
		['error stopped', 'error not-applicable'],
	],
	[
		'Vira was upgraded to one that cannot read the state',
		() =>
			inState(async (machine) => {
				await type(machine, 'systemctl --user stop vira.service');
				await machine.writeFile(`${statePath}/schema-version`, '1', 0o600);
			}),
		['error stopped', 'error state-reset'],
		['error stopped', 'error state-reset'],
	],
	[
		'it is being stopped',
		() => inState((machine) => during(machine, {active: 'deactivating', sub: 'stop-sigterm'})),
		['error stopping'],
		['error stopping'],
	],
	[
		'it is starting',
		() => inState((machine) => during(machine, {active: 'activating', sub: 'start-pre'})),
		['warning starting'],
		['warning starting'],
	],
	[
		'it is restarting because it exited on its own',
		() => inState((machine) => during(machine, {active: 'activating', sub: 'start-pre', restarts: 2})),
		['error crash-loop'],
		['error crash-loop'],
	],
	['Vira exits immediately, repeatedly', linuxStates['ending again and again'], ['error crash-loop'], []],
	[
		'Vira keeps crashing because another program has its port',
		() =>
			inState(async (machine) => {
				await type(machine, 'systemctl --user stop vira.service');
				await machine.events.change({listeners: [{port: 5005, program: 'nginx'}]});
				await type(machine, 'systemctl --user start vira.service');
				await machine.sleep(1000);
			}),
		['error port-in-use', 'error not-applicable'],
		['error port-in-use', 'error not-applicable'],
	],
	[
		'Vira keeps crashing for another reason than before',
		() =>
			inState(async (machine) => {
				await type(machine, 'systemctl --user stop vira.service');
				await machine.events.change({listeners: [{port: 5005, program: 'nginx'}]});
				await type(machine, 'systemctl --user start vira.service');
				await machine.sleep(1000);
				await type(machine, 'systemctl --user stop vira.service');
				await machine.events.change({listeners: []});
				await behave(machine, 'exits-at-once');
				await type(machine, 'systemctl --user start vira.service');
				await machine.sleep(1000);
			}),
		['error crash-loop'],
		[],
	],
	['Vira failed so often that systemd gave up', linuxStates.failed, ['error start-limit, fixable'], []],
	[
		'a drop-in overrides it',
		() =>
			inState(async (machine) => {
				await put(machine, `${unitPath}.d/own.conf`, '[Service]\nRestart=no\n');
				await machine.events.change({dropIns: [`${unitPath}.d/own.conf`]});
				await type(machine, 'systemctl --user daemon-reload');
			}),
		['warning drop-in'],
		['warning drop-in'],
	],
	[
		'a drop-in with a space in its name overrides it',
		() =>
			inState(async (machine) => {
				await put(machine, `${unitPath}.d/my limits.conf`, '[Service]\nRestart=no\n');
				await type(machine, 'systemctl --user daemon-reload');
			}),
		['warning drop-in'],
		['warning drop-in'],
	],
	[
		'no one is logged in, and lingering was not wanted',
		linuxStates['no session'],
		['warning lingering', 'error no-user-manager', 'warning starts-at-boot'],
		['warning lingering', 'error no-user-manager', 'warning starts-at-boot'],
	],
	[
		'the user manager does not respond',
		() =>
			inState(async (machine) => {
				await machine.events.change({userManager: 'stopped'});
			}),
		['error user-manager-silent', 'error unclear'],
		['error user-manager-silent', 'error unclear'],
	],
	[
		'there is a system unit of the same name',
		() => inState((machine) => put(machine, '/etc/systemd/system/vira.service', '[Service]\nExecStart=/x\n')),
		['error managed-elsewhere'],
		['error managed-elsewhere'],
	],
	['it is WSL', () => setUp({wsl: true}), ['warning wsl-idle'], ['warning wsl-idle']],
	[
		'systemd is older than the oldest tested version',
		() => setUp({systemd: 239}),
		['warning systemd-untested'],
		['warning systemd-untested'],
	],
	[
		'the home folder is encrypted',
		async () => {
			const machine = await setUp();
			await put(machine, '/proc/self/mounts', '/home/.ecryptfs/alice /home/alice ecryptfs rw 0 0\n');
			return machine;
		},
		['warning starts-at-boot', 'warning home-locked'],
		['warning starts-at-boot', 'warning home-locked'],
	],
	[
		'the journal cannot be read',
		() => inState((machine) => machine.events.change({journalReadable: false})),
		['warning log-unreadable'],
		['warning log-unreadable'],
	],
	[
		'anyone who reaches the machine reaches Vira',
		() => setUp({}, '--hostname', '0.0.0.0'),
		['warning reachable-by-others'],
		['warning reachable-by-others'],
	],
];

describe('doctor finds each problem, and --fix applies the safe fixes', () => {
	test.each(findings)('%s', async (_, provoke, wanted, left) => {
		const machine = await provoke();
		const before = await pictureOf(machine);
		const [status, document] = await told(machine, 'doctor');
		expect(found(document)).toEqual(wanted);
		expect(status).toBe(wanted.some((one) => one.startsWith('error')) ? 1 : 0);
		expect(await pictureOf(machine)).toEqual(before);
		await behave(machine, 'well');
		const [fixedStatus, fixed] = await told(machine, 'doctor --fix');
		expect(found(fixed)).toEqual(left);
		expect(fixedStatus).toBe(left.some((one) => one.startsWith('error')) ? 1 : 0);
		const isLeft = wanted.every((one) => !one.endsWith('fixable')) && left.length > 0;
		if (isLeft) expect(fixed['changed']).toBe(false);
	});
});

describe('a Vira that does not exist', () => {
	const gone = async (): Promise<Simulation> => {
		const machine = await setUp();
		await typeAll(machine, 'systemctl --user stop vira.service');
		const {vira} = await machine.events.state();
		if (!vira) throw new Error('There is no Vira.');
		const store = '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-vira-0.0.9/bin/vira';
		await edit(machine, settingsPath, (text) => text.replace(/"package": "[^"]*"/u, `"package": "${store}"`));
		return machine;
	};

	test('is reported with its path, and another one on the machine replaces it', async () => {
		const machine = await gone();
		const [, document] = await told(machine, 'doctor');
		expect(checksOf(document).find(({code}) => code === 'vira-gone')).toMatchObject({
			level: 'error',
			message: expect.stringContaining('/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-vira-0.0.9/bin/vira'),
			fixes: expect.arrayContaining([expect.objectContaining({safe: true})]),
		});
		const [status, fixed] = await told(machine, 'doctor --fix');
		expect([status, found(fixed)]).toEqual([0, []]);
		expect(await machine.readFile(settingsPath)).toContain('/home/alice/.nix-profile/bin/vira');
	});
});

test('doctor prints each problem with its cause and fix', async () => {
	const machine = await linuxStates['lingering off']();
	expect(await lines(machine, 'doctor')).toEqual([
		1,
		'✖ 2 problems, 1 warning.',
		'',
		'✔ Debian GNU/Linux 12 (bookworm), systemd 252, user manager running',
		'✔ Vira 0.1.0.0 at ~/.nix-profile/bin/vira',
		'✖ Lingering is off for alice: Vira would stop when you log out and not start at boot.',
		'  Lingering lets your services start at boot and keep running after you log out. You can turn it off again at any time.',
		'    vira-setup doctor --fix   fixes it',
		'✖ Vira is not running: it is stopped.',
		'    vira-setup doctor --fix   fixes it',
		'! Vira does not start at boot. It starts again at your next login, after all your sessions have ended.',
		'✔ Nothing has changed since setup',
		'',
		'Builds:',
		'✔ Nix 2.24.9 responds (max-jobs 4, sandbox on)',
		'',
		'What vira-setup doctor --fix would do:',
		'  Change ~/.local/state/vira-setup/receipt.json',
		'  Turn on lingering',
		'  Wait for the systemd user manager',
		'  Check that lingering is on',
		'  Clear earlier failures',
		'  Start Vira',
	]);
});

test.each([
	['a&b.conf', `cat '${unitPath}.d/a&b.conf'`],
	['ab.conf', 'cat ~/.config/systemd/user/vira.service.d/ab.conf'],
])('the file %s is quoted for a shell: %s', async (name, command) => {
	const machine = await linuxStates.stopped();
	await put(machine, `${unitPath}.d/${name}`, '[Service]\nExecStartPre=/bin/false\n');
	await machine.events.change({dropIns: [`${unitPath}.d/${name}`]});
	await type(machine, 'systemctl --user daemon-reload');
	expect(await lines(machine, 'doctor')).toContain(`    ${command}   shows what it adds`);
});

const missing = '/home/alice/.nix-profile/bin/vira';

const programGone = async (): Promise<Simulation> => {
	const machine = await linuxStates.stopped();
	await machine.events.change({links: {}, vira: undefined});
	return machine;
};

test.each([
	[
		'settings that cannot be read: the state of Vira is still reported',
		async () => {
			const machine = await linuxStates.stopped();
			await edit(machine, settingsPath, () => '{"port": 70');
			return machine;
		},
		[
			'✖ Vira is not running: it is stopped.',
			'    vira-setup start   starts Vira once the cause is fixed',
			'✔ Vira starts at boot',
		],
	],
	[
		'a program that does not exist: another has to replace it before a start',
		programGone,
		[
			'    vira-setup start   starts Vira once the cause is fixed',
			`✖ Vira: ~${missing.slice('/home/alice'.length)} does not exist.`,
			'    vira-setup --package PATH   uses another Vira',
		],
	],
	[
		'a mode that allows others: what they can do, and that it is fixed',
		async () => {
			const machine = await setUp();
			await put(machine, unitPath, (await machine.readFile(unitPath)) ?? '');
			return machine;
		},
		[
			'! Other users can read ~/.config/systemd/user/vira.service, which may contain secrets (mode 0644).',
			'    vira-setup doctor --fix   fixes it',
		],
	],
	[
		'a drop-in that starts another program: it is the likely reason, and how to remove it',
		async () => {
			const machine = await otherStarted();
			await type(machine, 'systemctl --user stop vira.service');
			return machine;
		},
		[
			'    vira-setup start   starts Vira once the cause is fixed',
			'! ~/.config/systemd/user/vira.service.d/limits.conf overrides ExecStart.',
			'  It starts a different program than vira-setup set up: this is the likely cause.',
			'    cat ~/.config/systemd/user/vira.service.d/limits.conf   shows what it sets',
			'    rm ~/.config/systemd/user/vira.service.d/limits.conf && vira-setup restart   removes it, then restarts Vira',
		],
	],
	[
		'a damaged certificate: Vira keeps running, and will not start again',
		withBrokenCertificate,
		[
			'  Vira keeps using the certificate it has loaded, but would not start again with this one.',
			'    Replace the file, or use other files: vira-setup --tls-cert FILE --tls-key FILE',
		],
	],
	[
		'a damaged receipt: the file exists',
		async () => {
			const machine = await setUp();
			await edit(machine, receiptPath, () => '{"a');
			return machine;
		},
		['! ~/.local/state/vira-setup/receipt.json cannot be read: it is unknown what was set up.'],
	],
] as const)('%s', async (_, provoke, wanted) => {
	expect(await lines(await provoke(), 'doctor')).toEqual(expect.arrayContaining([...wanted]));
});

test('without problems, --fix prints the same as without it', async () => {
	const said = await lines(await setUp(), 'doctor --fix');
	expect(said[0]).toBe(0);
	expect(said).toEqual(await lines(await setUp(), 'doctor'));
});

test('without systemd, root is only told what prevents the setup', async () => {
	const user = {name: 'root', uid: 0, home: '/root', sudoFrom: undefined};
	expect(await lines(await simulate({booted: false, user}), 'doctor')).toEqual([
		1,
		'✖ 3 problems.',
		'',
		'✖ systemd is not running on this machine.',
		'  vira-setup sets up Vira as a systemd user service, so it needs systemd.',
		'    Run vira-setup on a machine that runs systemd as PID 1.',
		'✖ vira-setup is running as root.',
		'  Vira runs the code of every repository it builds. It needs the account of a user, with their SSH keys and credentials.',
		'    Log in as the user who will run Vira, and run vira-setup there.',
		'✖ Vira is not set up here.',
	]);
});

test('lingering that polkit refuses is unchanged, with the reason and status 4', async () => {
	const machine = await linuxStates['lingering off']();
	await machine.events.change({lingerRefused: true});
	const before = await pictureOf(machine);
	const [status, document] = await told(machine, 'doctor --fix');
	expect([status, document]).toMatchObject([4, {outcome: 'failed', error: {code: 'privilege'}}]);
	expect(await pictureOf(machine)).toEqual(before);
});

test('lingering that stays off, although loginctl reports success, is a failed fix: nothing changed', async () => {
	const machine = await linuxStates['lingering off']();
	const before = await pictureOf(machine);
	const [status, document] = await told(ignoring(machine, 'enable-linger'), 'doctor --fix');
	expect([status, document]).toMatchObject([4, {outcome: 'failed', error: {code: 'privilege'}}]);
	expect(await pictureOf(machine)).toEqual(before);
});

/** Vira is running and healthy; with the settings that were edited since, its page would respond with an error. */
const healthyUntilFixed = async (): Promise<Simulation> => {
	const machine = await setUp();
	await edit(machine, settingsPath, (text) => text.replace('"Info"', '"Debug"'));
	const ask: Simulation['ask'] = async (...asked) =>
		(await machine.readFile(unitPath))?.includes('Debug')
			? {answered: true, status: 503}
			: machine.ask(...asked);
	return {...machine, ask};
};

test('a healthy Vira that a fix would break is restored, and stays healthy', async () => {
	const machine = await healthyUntilFixed();
	const before = await pictureOf(machine);
	const [, first] = await told(machine, 'doctor');
	expect([first['healthy'], ...found(first)]).toEqual([true, 'warning not-applied, fixable']);
	const [status, document] = await told(machine, 'doctor --fix --wait 5');
	expect([status, document]).toMatchObject([0, {changed: false, healthy: true}]);
	expect(await pictureOf(machine)).toEqual(before);
});

test('a fix that is cancelled while it waits for the page is undone, and says so', async () => {
	const machine = await linuxStates['lingering off']();
	const before = await pictureOf(machine);
	const ending = new AbortController();
	const ask: Simulation['ask'] = (...asked) => {
		ending.abort();
		return machine.ask(...asked);
	};
	const [status, document] = await told({...machine, ask}, 'doctor --fix', {signal: ending.signal});
	expect([status, document]).toMatchObject([130, {outcome: 'cancelled', changed: false}]);
	expect(await pictureOf(machine)).toEqual(before);
});

test('a service that still fails is not undone, and its last log lines are shown', async () => {
	const machine = await linuxStates.stopped();
	await behave(machine, 'exits-at-once');
	const [status, document] = await told(machine, 'doctor --fix');
	expect([status, document]).toMatchObject([1, {outcome: 'examined', changed: true, healthy: false}]);
	expect(document['log']).toContainEqual(expect.stringContaining('something is wrong with this Vira'));
});
