import {expect, test} from '@jest/globals';
import {keys} from '../../scripts/terminal/screen.ts';
import {pictureOf, serviceProperty, timeLimitMs, useMachine} from '../support/alice.ts';
import {thenTell, watch} from '../support/terminal.ts';
import {validDocument} from '../support/valid-document.ts';

const onMachine = useMachine();

/** As Vira's guide documents its Home Manager module. */
const documented = [
	...['--environment', 'GIT_SSH_COMMAND=ssh -i /path/to/key'],
	...['--service-config', 'CPUQuota=50%', '--service-config', 'MemoryMax=2G'],
];

/** systemd 247 and the later ones. */
const unknownKey =
	/systemd reports: Unknown key (?:name )?'MemoryMx' in section (?:'Service'|\[Service\]), ignoring/u;

test(
	"the examples of Vira's own guide take effect in systemd and the process",
	async () => {
		const machine = onMachine();
		const words = ['vira-setup', '--non-interactive', '--json', ...documented];
		const {exitCode, stdout} = await machine.run(words, {as: 'alice'});
		expect([exitCode, validDocument(stdout)]).toEqual([
			0,
			expect.objectContaining({outcome: 'installed', warnings: []}),
		]);
		expect(await serviceProperty(machine, 'CPUQuotaPerSecUSec')).toBe('500ms');
		expect(await serviceProperty(machine, 'MemoryMax')).toBe(String(2 * 2 ** 30));
		expect(await serviceProperty(machine, 'Environment')).toContain('"GIT_SSH_COMMAND=ssh -i /path/to/key"');
		const environment = await machine.readFile(`/proc/${await serviceProperty(machine, 'MainPID')}/environ`);
		expect(environment.split('\0')).toContain('GIT_SSH_COMMAND=ssh -i /path/to/key');
	},
	timeLimitMs,
);

test(
	"a typo is refused with systemd's own message, with and without a session, and nothing changes",
	async () => {
		const machine = onMachine();
		const before = await pictureOf(machine);
		const words = ['vira-setup', '--non-interactive', '--service-config', 'MemoryMx=2G'];
		const env = {PATH: '/usr/local/bin:/usr/bin:/bin'};
		for (const {exitCode, stderr} of [
			await machine.runWithoutSession(words, {env}),
			await machine.run(words, {as: 'alice'}),
		]) {
			expect(exitCode).toBe(2);
			expect(stderr).toMatch(unknownKey);
			expect(stderr).toContain('Did you mean MemoryMax?');
		}
		expect(await pictureOf(machine)).toEqual(before);
		expect((await machine.run(['find', '/tmp', '-name', 'vira-setup*'])).stdout).toBe('');
	},
	timeLimitMs,
);

test(
	'all values that systemd would ignore are named together',
	async () => {
		const wrong = [
			'MemoryMax=lots',
			'CPUQuota=abc',
			'Restart=sometimes',
			'RestartSec=xx',
			'ExecStop=/no/such',
		];
		const lines = [...wrong, 'TasksMax=50'].flatMap((line) => ['--service-config', line]);
		const {exitCode, stderr} = await onMachine().run(['vira-setup', '--non-interactive', ...lines], {
			as: 'alice',
		});
		expect(exitCode).toBe(2);
		expect(stderr.match(/^(?:vira-setup: )?--service-config: .* systemd reports/gmu)).toEqual([
			'vira-setup: --service-config: MemoryMax: systemd reports',
			...['CPUQuota', 'Restart', 'RestartSec', 'ExecStop'].map(
				(name) => `--service-config: ${name}: systemd reports`,
			),
		]);
	},
	timeLimitMs,
);

test(
	'the wizard shows the typo at its line of the form',
	async () => {
		const words = ['vira-setup', '--service-config', 'CPUQuota=50%', '--service-config', 'MemoryMx=2G'];
		const screen = watch(onMachine().terminal(thenTell(words)));
		await screen.shows('Turn it on');
		screen.press(keys.enter);
		await screen.shows('Hostname');
		screen.press(keys.enter);
		const refused = (await screen.shows('✖ MemoryMx: systemd reports'))
			.split('\n')
			.map((line) => line.trim());
		const at = refused.findIndex((line) => line === '› MemoryMx=2G');
		expect(refused[at + 1]).toMatch(/^✖ MemoryMx: systemd reports: Unknown key/u);
		screen.press(keys.ctrlC);
		expect(await screen.shows('told')).toContain('ended with 130');
	},
	timeLimitMs,
);
