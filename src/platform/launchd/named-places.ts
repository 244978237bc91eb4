import {expandHome, stateFolderOf} from '../service.ts';
import {isInstallable} from '../../settings/installable.ts';
import type {OptionName} from '../../settings/options.ts';
import type {Subject} from '../service-manager/check.ts';
import {resolveProgram} from '../vira/resolve-program.ts';

/** A path that the service uses, and the option that names it. */
export interface NamedPlace {
	readonly option: OptionName;
	/** Absolute. */
	readonly path: string;
}

/** A repository on the Mac itself, given by its path. */
const localPath = (url: string): string | undefined => {
	const path = url.startsWith('file:///') ? url.slice('file://'.length) : url;
	return path.startsWith('/') ? path : undefined;
};

/** If the path is a folder, the program in it may be a link to somewhere else. */
const programIn = async ({system}: Subject, path: string): Promise<string> => {
	const found = await resolveProgram(system, path);
	return 'program' in found ? found.program : path;
};

/** The paths in the settings, in the order of the form. What Nix builds is in its store. */
export const namedPlaces = async (subject: Subject): Promise<readonly NamedPlace[]> => {
	const {settings, facts} = subject;
	const {package: program, extraPackages, https, tlsCert, tlsKey, repositories} = settings;
	const at = (option: OptionName, given: string | undefined): readonly NamedPlace[] =>
		given === undefined || given === '' || isInstallable(given)
			? []
			: [{option, path: expandHome(given, facts.user.home)}];
	const [vira] = at('package', program);
	return [
		{option: 'stateDir', path: stateFolderOf(settings, facts)},
		...(vira ? [{...vira, path: await programIn(subject, vira.path)}] : []),
		...(https ? [...at('tlsCert', tlsCert), ...at('tlsKey', tlsKey)] : []),
		...extraPackages.flatMap((one) => at('extraPackages', one)),
		...Object.values(repositories).flatMap((url) => at('repositories', localPath(url))),
	];
};
