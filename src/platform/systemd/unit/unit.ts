import {escapedInUnit} from '../../../settings/unit-value.ts';
import type {Service} from '../../service.ts';
import {expandHome} from '../../../settings/value.ts';
import type {System} from '../../system.ts';
import type {Settings} from '../../../settings/options.ts';
import type {Problem} from '../../../settings/problem.ts';
import {findExisting, isTemporary, realPathOf} from '../../paths.ts';
import {nothing, type Check} from '../../service-manager/check.ts';

const quoted = (text: string): string => `"${escapedInUnit(text)}"`;

/** In arguments `$` starts a variable; in the path of the program and in Environment= it does not (systemd.service(5)). */
const quotedArgument = (text: string): string => quoted(text).replaceAll('$', '$$$$');

const environmentLines = (environment: Readonly<Record<string, string>>): readonly string[] =>
	Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`);

/**
 * The defaults of [Service]; a setting of the person with the same name replaces one. On SIGINT Vira writes a checkpoint
 * before it exits; on SIGTERM, systemd's default, it does not. systemd treats both as a clean exit (systemd.service(5),
 * SuccessExitStatus=). Unlike in Vira's module, there is no PrivateTmp= (systemd.exec(5)): since systemd 257 it puts a user
 * service into a user namespace that maps no other user. The files of root then belong to nobody (user_namespaces(7)), and
 * ssh refuses its configuration in /etc.
 */
export const ownSettings: Readonly<Record<string, string>> = {
	Type: 'exec',
	Restart: 'on-failure',
	RestartSec: '5s',
	KillSignal: 'SIGINT',
	NoNewPrivileges: 'true',
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

type Named = Pick<Problem, 'option' | 'item'> & {readonly path: string};

/** Every path that the service itself must be able to open. */
const pathsIn = ({stateDir, tlsCert, tlsKey, ...settings}: Settings): readonly Named[] => [
	{option: 'stateDir', path: stateDir},
	...(settings.https && tlsCert !== undefined ? [{option: 'tlsCert', path: tlsCert} as const] : []),
	...(settings.https && tlsKey !== undefined ? [{option: 'tlsKey', path: tlsKey} as const] : []),
	{option: 'package', path: settings.package},
	...settings.extraPackages.map((path) => ({option: 'extraPackages', item: path, path}) as const),
];

/** systemd.syntax(7), "boolean arguments": the values for no, in any case. */
/** systemd.syntax(7), "boolean". */
export const isNo = (value: string): boolean => /^(?:0|no?|f(?:alse)?|off)$/iu.test(value.trim());

/** Whether a person gave the service a private /tmp. */
const hasPrivateTmp = ({serviceConfig}: Pick<Settings, 'serviceConfig'>): boolean => {
	const value = serviceConfig['PrivateTmp'];
	return value !== undefined && !isNo(value);
};

const leadsToTemporary = async (system: System, path: string): Promise<boolean> =>
	isTemporary(path) || isTemporary(realPathOf(await findExisting(system, path)));

const message = ({option, path}: Named): string => {
	const reason =
		option === 'stateDir'
			? 'The service has a private /tmp, which systemd deletes when the service stops: the state would be lost.'
			: `The service has a private /tmp and would not find ${path}.`;
	return `${reason} Use another folder, or set PrivateTmp=no in the systemd settings.`;
};

/**
 * A service with PrivateTmp= (systemd.exec(5)) does not see files below /tmp. systemd 247 ignores the setting; newer
 * versions do not.
 */
export const checkPrivateTmp: Check = async ({system, settings, facts}) => {
	if (!hasPrivateTmp(settings)) return nothing;
	const found = await Promise.all(
		pathsIn(settings).map(async (named) => {
			const path = expandHome(named.path, facts.user.home);
			return path.startsWith('/') && (await leadsToTemporary(system, path)) ? [named] : [];
		}),
	);
	return {
		problems: found.flat().map(({path, ...at}): Problem => ({...at, message: message({path, ...at})})),
		warnings: [],
	};
};
