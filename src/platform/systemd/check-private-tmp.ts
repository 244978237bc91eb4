import {expandHome} from '../../settings/value.ts';
import type {System} from '../system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Problem} from '../../settings/problem.ts';
import {findExisting, realPathOf} from '../paths.ts';
import {nothing, type Check} from '../service-manager/check.ts';
import {posix} from 'node:path';

type Named = Pick<Problem, 'option' | 'item'> & {readonly path: string};

/** Every path that the service itself must be able to open. */
const pathsIn = ({stateDir, tlsCert, tlsKey, ...settings}: Settings): readonly Named[] => [
	{option: 'stateDir', path: stateDir},
	...(settings.https && tlsCert !== undefined ? [{option: 'tlsCert', path: tlsCert} as const] : []),
	...(settings.https && tlsKey !== undefined ? [{option: 'tlsKey', path: tlsKey} as const] : []),
	{option: 'package', path: settings.package},
	...settings.extraPackages.map((path) => ({option: 'extraPackages', item: path, path}) as const),
];

const leadsToTemporary = async (system: System, path: string): Promise<boolean> =>
	isTemporary(path) || isTemporary(realPathOf(await findExisting(system, path)));

const message = ({option, path}: Named): string => {
	const reason =
		option === 'stateDir'
			? 'The service has a private /tmp, which systemd deletes when the service stops: the state would be lost.'
			: `The service has a private /tmp and would not find ${path}.`;
	return `${reason} Use another folder, or set PrivateTmp=no in the systemd settings.`;
};

/** A service with PrivateTmp= does not see files below /tmp. systemd 247 ignores the setting; newer versions do not. */
export const checkPrivateTmp: Check = async ({system, settings, facts}) => {
	if (!hasPrivateTmp(settings)) return nothing;
	const found = await Promise.all(
		pathsIn(settings).map(async (named) => {
			const path = expandHome(named.path, facts.user.home);
			return path.startsWith('/') && (await leadsToTemporary(system, path)) ? [named] : [];
		}),
	);
	return {
		problems: found.flat().map((named): Problem => {
			const {option, item} = named;
			return {option, ...(item !== undefined && {item}), message: message(named)};
		}),
		warnings: [],
	};
};
/** systemd.syntax(7), "boolean arguments": the values for no, in any case. */
const no = /^(?:0|no?|f(?:alse)?|off)$/iu;
/** Whether the service has private temporary folders (systemd.exec(5), PrivateTmp=), as it does by default. */

export const hasPrivateTmp = ({serviceConfig}: Settings): boolean =>
	!no.test((serviceConfig['PrivateTmp'] ?? '').trim());
/** Whether a path is in one of the folders that are private for such a service. */

export const isTemporary = (path: string): boolean => /^\/(?:var\/)?tmp(?:\/|$)/u.test(posix.normalize(path));
