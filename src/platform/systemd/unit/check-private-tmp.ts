import {posix} from 'node:path';
import {expandHome} from '../../../settings/value.ts';
import type {System} from '../../system.ts';
import type {Settings} from '../../../settings/options.ts';
import type {Problem} from '../../../settings/problem.ts';
import {findExisting, realPathOf} from '../../paths.ts';
import {nothing, type Check} from '../../service-manager/check.ts';

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
const no = /^(?:0|no?|f(?:alse)?|off)$/iu;

/** Whether a path is in one of the folders that are private for such a service. */
const isTemporary = (path: string): boolean => /^\/(?:var\/)?tmp(?:\/|$)/u.test(posix.normalize(path));

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
 * A service with PrivateTmp= (systemd.exec(5)), as by default, does not see files below /tmp. systemd 247 ignores the
 * setting; newer versions do not.
 */
export const checkPrivateTmp: Check = async ({system, settings, facts}) => {
	if (no.test((settings.serviceConfig['PrivateTmp'] ?? '').trim())) return nothing;
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
