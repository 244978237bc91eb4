import {hasPrivateTmp, isTemporary} from '../../platform/linux/private-tmp.ts';
import {expandHome} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Problem} from '../../settings/rules.ts';
import {findPlace, realPathOf} from '../place.ts';
import {nothing, type Check} from '../checks/check.ts';

type Named = Pick<Problem, 'option' | 'item'> & {readonly path: string};

/** Every path that the service itself has to find. */
const pathsIn = ({stateDir, tlsCert, tlsKey, ...settings}: Settings): readonly Named[] => [
	{option: 'stateDir', path: stateDir},
	...(settings.https && tlsCert !== undefined ? [{option: 'tlsCert', path: tlsCert} as const] : []),
	...(settings.https && tlsKey !== undefined ? [{option: 'tlsKey', path: tlsKey} as const] : []),
	{option: 'package', path: settings.package},
	...settings.extraPackages.map((path) => ({option: 'extraPackages', item: path, path}) as const),
];

const leadsToTemporary = async (system: System, path: string): Promise<boolean> =>
	isTemporary(path) || isTemporary(realPathOf(await findPlace(system, path)));

const message = ({option, path}: Named): string => {
	const told =
		option === 'stateDir'
			? `The service has a /tmp of its own, which is deleted when it stops: the state would be lost with it.`
			: `The service has a /tmp of its own and would not find ${path}.`;
	return `${told} Use a folder elsewhere, or set PrivateTmp=no under systemd settings.`;
};

/** What lies below /tmp is not there for a service with PrivateTmp=; systemd 247 ignores that, the next one does not. */
export const checkPrivateTmp: Check = async ({system, settings, facts}) => {
	if (!hasPrivateTmp(settings)) return nothing;
	const looked = await Promise.all(
		pathsIn(settings).map(async (named) => {
			const path = expandHome(named.path, facts.user.home);
			return path.startsWith('/') && (await leadsToTemporary(system, path)) ? [named] : [];
		}),
	);
	return {
		problems: looked.flat().map((named): Problem => {
			const {option, item} = named;
			return {option, ...(item !== undefined && {item}), message: message(named)};
		}),
		warnings: [],
	};
};
