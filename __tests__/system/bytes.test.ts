import {expect, test} from '@jest/globals';
import type {Machine} from '../../scripts/machine/machine.ts';
import {pageAt, serviceProperty, timeLimitMs, useMachine} from '../support/alice.ts';

const unit = '/home/alice/.config/systemd/user/vira.service';
const url = 'https://localhost:5005/';

const onMachine = useMachine();

/** A line of bash as alice: its exit status, and its standard error. */
const shell = async (machine: Machine, script: string): Promise<readonly [number | undefined, string]> => {
	const {exitCode, stderr} = await machine.run(['bash', '-c', script], {as: 'alice'});
	return [exitCode, stderr.split('\n')[0] ?? ''];
};

const hashOf = async (machine: Machine): Promise<string> => (await machine.run(['sha256sum', unit])).stdout;

/** Sends SIGTERM to a run once it has opened the pipe, and waits for it to end. */
const endedAtPipe = `mkfifo ~/pipe; vira-setup --non-interactive --config ~/pipe &
	until ls -l /proc/$!/fd 2>/dev/null | grep -q alice/pipe; do kill -0 $! || exit 9; done; kill -TERM $!; wait $!`;

test(
	'a wait for a pipe ends at a signal; bytes that are not UTF-8 are refused by name, and stay unchanged in a unit',
	async () => {
		const machine = onMachine();
		expect(await shell(machine, endedAtPipe)).toEqual([130, 'Cancelled. Nothing was changed.']);
		for (const [script, message] of [
			["XDG_CONFIG_HOME=$'/home/alice/caf\\xe9'", 'XDG_CONFIG_HOME is not UTF-8 text: /home/alice/caf\uFFFD'],
			[
				"VIRA_SETUP_STATE_DIR=$'/srv/\\xe9'",
				'VIRA_SETUP_STATE_DIR: It contains U+FFFD, which stands for bytes that are not UTF-8. Enter it again.',
			],
		] as const)
			expect((await shell(machine, `${script} vira-setup --non-interactive`))[1]).toBe(
				`vira-setup: ${message}`,
			);
		expect(await shell(machine, 'vira-setup --non-interactive')).toEqual([0, expect.anything()]);

		// systemd itself ignores such a line ("String is not UTF-8 clean, ignoring assignment").
		await shell(machine, `sed -i $'/^\\\\[Service\\\\]/a Environment="A=caf\\xe9" "B=1"' ${unit}`);
		const before = await hashOf(machine);
		const refusal = [3, expect.stringMatching(`^vira-setup: ${unit} is not UTF-8 text: see line \\d+\\.$`)];
		expect(await shell(machine, 'vira-setup --non-interactive --overwrite --port 7001')).toEqual(refusal);
		expect(await shell(machine, 'vira-setup restart')).toEqual(refusal);
		await shell(machine, 'systemctl --user daemon-reload; systemctl --user restart vira');
		expect(await serviceProperty(machine, 'Environment')).not.toContain('B=1');
		await machine.run(['vira-setup', 'uninstall', '--non-interactive', '--overwrite'], {as: 'alice'});
		expect([await hashOf(machine), await pageAt(machine, url)]).toEqual([before, 'refused']);
	},
	timeLimitMs,
);
