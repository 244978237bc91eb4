import type {Machine} from '../../../scripts/machine/machine.ts';
import type {Outcome} from '../../../scripts/machine/command.ts';
import {serviceFrom} from '../../../src/platform/service.ts';
import {ownSettings} from '../../../src/platform/systemd/unit/unit.ts';
import {debian, settings} from '../../support/situation.ts';

export type Variables = Readonly<Record<string, string>>;

/** What a command printed; `late` if it was ended at the limit, which timeout(1) reports as 124. */
export interface Answer extends Outcome {
	readonly late: boolean;
}

const limitSeconds = 8;

/** Vira passes an empty standard input and no terminal; GIT_TERMINAL_PROMPT stays as it is (unset). */
const limited = (command: readonly string[]): string[] => [
	'timeout',
	'--kill-after=1',
	`${limitSeconds}`,
	...command,
];

const answerOf = ({exitCode, stdout, stderr}: Outcome): Answer => ({
	exitCode,
	stdout,
	stderr,
	late: exitCode === 124,
});

/** The variables that the unit of vira-setup sets, with these in addition. */
const unitEnvironment = (more: Variables): Variables =>
	serviceFrom(settings({environment: {...more}}), debian(), '/home/alice/.local/bin/vira').environment;

/** What the service has in addition to what the unit of vira-setup has. */
export interface Extra {
	readonly environment?: Variables;
	/** Lines of [Service], over those of the unit. */
	readonly serviceConfig?: Variables;
}

/** The line of the unit that decides what a process in it can do. */
const {NoNewPrivileges = ''} = ownSettings;

/** Runs a command as a user service of alice with the unit's environment, in the C locale. */
export const asService = async (
	machine: Machine,
	command: readonly string[],
	{environment = {}, serviceConfig = {}}: Extra = {},
): Promise<Answer> => {
	const variables = Object.entries({...unitEnvironment(environment), LC_ALL: 'C'});
	const properties = Object.entries({NoNewPrivileges, ...serviceConfig});
	const words = [
		...['systemd-run', '--user', '--pipe', '--wait', '--collect', '--quiet'],
		...properties.map(([name, value]) => `--property=${name}=${value}`),
		...variables.map(([name, value]) => `--setenv=${name}=${value}`),
	];
	return answerOf(await machine.run([...words, '--', ...limited(command)], {as: 'alice'}));
};

/** Runs a command in a login shell of alice that has these variables in addition. */
export const inShell = async (
	machine: Machine,
	command: readonly string[],
	more: Variables = {},
): Promise<Answer> =>
	answerOf(await machine.run(limited(command), {as: 'alice', env: {LC_ALL: 'C', ...more}}));

/** How Vira calls git: what the environment has for GIT_SSH_COMMAND, or ssh, followed by these options. */
export const sshOptions = '-o BatchMode=yes -o StrictHostKeyChecking=accept-new';

const withSshCommand = (more: Variables): Variables => ({
	...more,
	GIT_SSH_COMMAND: `${more['GIT_SSH_COMMAND'] ?? 'ssh'} ${sshOptions}`,
});

/** git ls-remote as Vira would call it in the service. */
export const serviceAsks = (machine: Machine, url: string, extra: Extra = {}): Promise<Answer> =>
	asService(machine, ['git', 'ls-remote', url], {
		...extra,
		environment: withSshCommand(extra.environment ?? {}),
	});

/** The same in the shell of alice. */
export const shellAsks = (machine: Machine, url: string, more: Variables = {}): Promise<Answer> =>
	inShell(machine, ['git', 'ls-remote', url], withSshCommand(more));
