import {escapedInUnit} from '../../settings/unit-escapes.ts';
import type {Service} from '../service.ts';

const quoted = (text: string): string => `"${escapedInUnit(text)}"`;

/** In arguments `$` begins a variable; in the program's path and in Environment= it does not (systemd.service(5)). */
const quotedArgument = (text: string): string => quoted(text).replaceAll('$', '$$$$');

const environmentLines = (environment: Readonly<Record<string, string>>): readonly string[] =>
	Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`);

/**
 * Our own lines of [Service]; the person's line of the same name replaces one. At SIGINT Vira writes a checkpoint before
 * it ends; SIGTERM, systemd's own choice, ends it without one. systemd counts both as a clean end (systemd.service(5),
 * SuccessExitStatus=).
 */
export const ownSettings: Readonly<Record<string, string>> = {
	Type: 'exec',
	Restart: 'on-failure',
	RestartSec: '5s',
	KillSignal: 'SIGINT',
	NoNewPrivileges: 'true',
	PrivateTmp: 'true',
};

/** The program that a unit names; undefined where its path is not written as it is, or somebody wrote the line in another way. */
export const programIn = (unit: string): string | undefined =>
	/^ExecStart="(\/[^"\\%\n]*)"/mu.exec(unit)?.[1];

const mark = '# Written by vira-setup';

/** Whether this program, or another version of it, has written a unit. */
export const isOurUnit = (text: string): boolean => text.startsWith(mark);

/** The text of the systemd user unit. */
export const unitText = (service: Service): string => {
	const settings = {...ownSettings, ...service.serviceConfig};
	return [
		`${mark}, which replaces this file when settings change.`,
		'# Additions of your own belong in a drop-in: systemctl --user edit vira.service',
		'[Unit]',
		`Description=${service.description}`,
		'After=network.target',
		'Wants=network.target',
		'',
		'[Service]',
		`ExecStart=${[quoted(service.program), ...service.arguments.map(quotedArgument)].join(' ')}`,
		...environmentLines(service.environment),
		...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
		'',
		'[Install]',
		'WantedBy=default.target',
		'',
	].join('\n');
};
