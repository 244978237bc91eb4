import {posix} from 'node:path';
import {exitCode} from '../../../src/errors.ts';
import type {RunCommand} from '../../../src/platform/actions/run-command.ts';
import type {ServiceState} from '../../../src/platform/machine-facts.ts';
import type {Command, System} from '../../../src/platform/system.ts';

/** runsvdir(8) runs each folder in here. */
export const servicesFolder = ({user}: Pick<System, 'user'>): string => `${user.home}/service`;

export const runFile = (system: Pick<System, 'user'>): string => `${servicesFolder(system)}/vira/run`;

/** sv(8) */
export const sv = (does: 'up' | 'down' | 'status', file: string): Command => [
	'sv',
	does,
	posix.dirname(file),
];

export const svAction = (does: 'up' | 'down', file: string, why: string): RunCommand => ({
	does: 'run',
	command: sv(does, file),
	why,
	undo: sv(does === 'up' ? 'down' : 'up', file),
	onFailure: {
		message: `runit could not ${does === 'up' ? 'start' : 'stop'} the service.`,
		exit: exitCode.refused,
	},
});

/** `run: /home/alice/service/vira: (pid 4242) 12s`, or `down: …`. */
export const readState = async (system: System): Promise<ServiceState> => {
	const path = runFile(system);
	const file = (await system.inspect(path)) ? path : undefined;
	const {exitCode: status, stdout} = await system.run(sv('status', path), {timeoutMs: 5000});
	const pid = /^run: .*\(pid (\d+)\)/u.exec(stdout)?.[1];
	const isKnown = status === 0 || file === undefined;
	return {
		active: pid !== undefined ? 'active' : isKnown ? 'inactive' : 'unknown',
		awaitsRestart: false,
		enabled: file !== undefined,
		masked: false,
		needsReload: false,
		mainPid: pid === undefined ? undefined : Number(pid),
		restarts: 0,
		file,
		dropIns: [],
	};
};
