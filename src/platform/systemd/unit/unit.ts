import {escapedInUnit} from '../../../settings/unit-value.ts';
import type {Service} from '../../service.ts';

const quoted = (text: string): string => `"${escapedInUnit(text)}"`;

/** In arguments `$` starts a variable; in the path of the program and in Environment= it does not (systemd.service(5)). */
const quotedArgument = (text: string): string => quoted(text).replaceAll('$', '$$$$');

const environmentLines = (environment: Readonly<Record<string, string>>): readonly string[] =>
	Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`);

/**
 * The defaults of [Service]; a setting of the person with the same name replaces one. On SIGINT Vira writes a checkpoint
 * before it exits; on SIGTERM, systemd's default, it does not. systemd treats both as a clean exit (systemd.service(5),
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

/** The program that a unit runs; undefined if its path is escaped or the line was written by hand in another form. */
export const programInUnit = (unit: string): string | undefined =>
	/^ExecStart="(\/[^"\\%\n]*)"/mu.exec(unit)?.[1];

const mark = '# Written by vira-setup';

/** Whether this or another version of vira-setup wrote the unit. */
export const isOurUnit = (text: string): boolean => text.startsWith(mark);

/** The text of the systemd user unit. */
export const unitText = (service: Service): string => {
	const settings = {...ownSettings, ...service.serviceConfig};
	return [
		`${mark}, which overwrites this file when settings change.`,
		'# Add your own settings in a drop-in: systemctl --user edit vira.service',
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
