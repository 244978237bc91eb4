import {describe, expect, test} from '@jest/globals';
import {type} from '../../support/installed.ts';
import {rehearse} from '../../support/rehearsal.ts';

const answer = (exitCode: number, stdout: string, stderr = '') => ({
	exitCode,
	stdout,
	stderr,
	timedOut: false,
	found: true,
});

describe('on a machine where no service is', () => {
	test.each([
		[
			'systemctl --user show -p SystemState,Version',
			answer(0, 'Version=252.39-1~deb12u2\nSystemState=running'),
		],
		['systemctl --user show --property=Version --value', answer(0, '252.39-1~deb12u2')],
		[
			'systemctl --user show vira.service -p ActiveState,LoadState,MainPID,UnitFileState',
			answer(0, 'MainPID=0\nLoadState=not-found\nActiveState=inactive\nUnitFileState='),
		],
		['systemctl --user is-active vira.service', answer(3, 'inactive')],
		[
			'systemctl --user is-enabled vira.service',
			answer(1, '', 'Failed to get unit file state for vira.service: No such file or directory'),
		],
		['systemctl --user is-system-running', answer(0, 'running')],
		['systemctl --user daemon-reload', answer(0, '')],
		[
			'systemctl --user start vira.service',
			answer(5, '', 'Failed to start vira.service: Unit vira.service not found.'),
		],
		[
			'systemctl --user stop vira.service',
			answer(5, '', 'Failed to stop vira.service: Unit vira.service not loaded.'),
		],
		[
			'systemctl --user enable vira.service',
			answer(1, '', 'Failed to enable unit: Unit file vira.service does not exist.'),
		],
		[
			'systemctl --user disable vira.service',
			answer(1, '', 'Failed to disable unit: Unit file vira.service does not exist.'),
		],
		[
			'systemctl --user reset-failed vira.service',
			answer(1, '', 'Failed to reset failed state of unit vira.service: Unit vira.service not loaded.'),
		],
		[
			'systemctl show vira.service -p LoadState,FragmentPath',
			answer(0, 'LoadState=not-found\nFragmentPath='),
		],
		['loginctl show-user alice --property=Linger --value', answer(0, 'no')],
		['loginctl show-user alice -p Linger', answer(0, 'Linger=no')],
		[
			'loginctl --no-ask-password enable-linger root',
			answer(1, '', 'Could not enable linger: Interactive authentication required.'),
		],
		['systemd-detect-virt --container', answer(1, 'none')],
		['journalctl --user -u vira.service -n 5 --no-pager', answer(0, '-- No entries --')],
		['journalctl --user -u vira.service -n 5 -o cat', answer(0, '')],
		['journalctl --user -u vira.service --quiet', answer(0, '')],
		[
			'journalctl --user -u vira.service --since=nonsense',
			answer(1, '', 'Failed to parse timestamp: nonsense'),
		],
		['id', answer(0, 'uid=1000(alice) gid=1000(alice) groups=1000(alice)')],
		['/home/alice/.nix-profile/bin/vira --version', answer(0, 'vira 0.1.0')],
		['vira --version', answer(0, 'vira 0.1.0')],
	])('%s', async (line, expected) => {
		expect(await type(await rehearse(), line)).toEqual(expected);
	});
});

test.each([
	['without session and lingering', {session: false}, 'Failed to connect to bus: No medium found'],
	['without systemd as process 1', {booted: false}, 'Failed to connect to bus: No medium found'],
])('the user manager does not answer %s', async (_, state, stderr) => {
	const machine = await rehearse(state);
	expect(await type(machine, 'systemctl --user show -p Version')).toEqual(answer(1, '', stderr));
});

test('without session and lingering logind does not know the user', async () => {
	const machine = await rehearse({session: false});
	expect(await type(machine, 'loginctl show-user alice --property=Linger --value')).toEqual(
		answer(1, '', 'Failed to get user: User ID 1000 is not logged in or lingering'),
	);
});

test.each([
	[{container: 'docker'}, answer(0, 'docker')],
	[{wsl: true}, answer(0, 'wsl')],
])('systemd-detect-virt --container with %j', async (state, expected) => {
	expect(await type(await rehearse(state), 'systemd-detect-virt --container')).toEqual(expected);
});

test('a journal that may not be read says so', async () => {
	const machine = await rehearse({journalReadable: false});
	expect(await type(machine, 'journalctl --user -u vira.service -n 5')).toEqual(
		answer(1, '', 'No journal files were opened due to insufficient permissions.'),
	);
});

test.each(['launchctl list', '/no/such/program', 'sudo true'])(
	'there is no such program: %s',
	async (line) => {
		expect(await type(await rehearse(), line)).toMatchObject({found: false, exitCode: undefined});
	},
);

test('without systemd its programs are not there', async () => {
	const machine = await rehearse({systemd: undefined, booted: false});
	expect(await type(machine, 'systemctl --version')).toMatchObject({found: false});
});

test.each([
	'systemctl --user cat vira.service',
	'systemctl --user --fast start vira.service',
	'systemctl --user start vira.service other.service',
	'systemctl start vira.service',
	'loginctl list-sessions',
	'journalctl --user -f -u vira.service',
	'vira web --port 5005',
])('a command that the rehearsal does not know is thrown: %s', async (line) => {
	await expect(type(await rehearse(), line)).rejects.toThrow(
		`The rehearsal does not know the command: ${line}`,
	);
});

test('a property that the rehearsal does not know is thrown', async () => {
	await expect(type(await rehearse(), 'systemctl --user show vira.service -p MemoryMax')).rejects.toThrow(
		'The rehearsal does not know the property MemoryMax',
	);
});
