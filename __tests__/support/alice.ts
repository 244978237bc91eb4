import {afterEach, beforeEach} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';

export type Mode = 'exits-at-once' | 'dies-after-a-second' | 'never-answers' | 'answers-500' | 'gh-fails';

export const vira = '/home/alice/.local/bin/vira';

/** The time limit of a test on a machine: boots, logouts and health checks are real. */
export const timeLimitMs = 120_000;
/** The first machine creates its base image. */
const bootLimitMs = 600_000;

/** Gives each test of a file its own freshly booted machine, where alice has Vira and nothing is set up. */
export const useMachine = (): (() => Machine) => {
	let machine: Machine | undefined;
	beforeEach(async () => {
		machine = await bootMachine();
		await installVira(machine, vira);
	}, bootLimitMs);
	afterEach(async () => machine?.destroy());
	return () => {
		if (!machine) throw new Error('There is a machine only while a test runs.');
		return machine;
	};
};

/** Another Vira for alice, one that misbehaves. */
export const installBadVira = async (machine: Machine, mode: Mode, path: string): Promise<void> => {
	await installVira(machine, path);
	await machine.writeFile(`${path}.behaviour.json`, JSON.stringify({mode}), {mode: '644', owner: 'alice'});
};

const ask = `
	process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
	fetch(process.argv[1]).then(({status}) => console.log(status), () => console.log('refused'));
`;

/** The status of a page on the machine, or `refused`. */
export const pageAt = async (machine: Machine, url: string): Promise<string> => {
	const {stdout} = await machine.run(['node', '--no-warnings', '-e', ask, url]);
	return stdout.trim();
};

/** The page, once it responds: a service that systemd has just started may need a moment. */
export const pageSoonAt = async (machine: Machine, url: string): Promise<string> => {
	const deadline = Date.now() + 20_000;
	for (;;) {
		const status = await pageAt(machine, url);
		if (status !== 'refused' || Date.now() > deadline) return status;
	}
};

/** Asked as root through alice's manager: no session of hers is opened for it. */
export const serviceProperty = async (machine: Machine, name: string): Promise<string> => {
	const {stdout} = await machine.runWithoutSession(
		['systemctl', '--user', 'show', 'vira.service', `--property=${name}`, '--value'],
		{env: {XDG_RUNTIME_DIR: '/run/user/1000'}},
	);
	return stdout.trim();
};

export const lingers = (machine: Machine): Promise<boolean> =>
	machine.exists('/var/lib/systemd/linger/alice');

/** Everything that a run could leave, for "the machine is as before". */
export const pictureOf = (machine: Machine): Promise<Record<string, string>> =>
	machine.snapshot(['/home/alice', '/var/lib/systemd/linger']);
