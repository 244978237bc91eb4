import {posix} from 'node:path';
import {answerOf} from '../../platform/run-result.ts';
import {inStore, keptFolders} from '../../platform/vira/programs.ts';
import {linksFolder} from '../../platform/vira/nix.ts';
import {expandHome} from '../../settings/value.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {isInstallable} from '../../settings/nix.ts';
import type {OptionName} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import {look, lookInto} from '../../platform/paths.ts';
import {nothing, together, type Check, type Remarks} from '../../platform/service-manager/check.ts';

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** `/nix/store/HASH-NAME` of a path in it. */
const storePathIn = (path: string): string => path.split('/').slice(0, 4).join('/');

const isKept = (path: string, facts: Facts): boolean => {
	const profiles = [`${facts.user.home}/.local/state/nix`, '/nix/var/nix/profiles', linksFolder(facts)];
	return [...keptFolders(facts.user), ...profiles].some((folder) => isBelow(path, folder));
};

/**
 * Whether a permanent root keeps a store path; undefined if that is unknown. A root is a line
 * `LINK -> STOREPATH` (nix-store-query(1), --roots); what runs at this moment is `/proc/…` or in braces.
 */
const hasRoot = async (system: System, facts: Facts, storePath: string): Promise<boolean | undefined> => {
	const program = facts.nix ? `${posix.dirname(facts.nix.path)}/nix-store` : 'nix-store';
	const roots = answerOf(await system.run([program, '--query', '--roots', storePath], {timeoutMs: 5000}));
	return roots?.split('\n').some((line) => line.startsWith('/') && !line.startsWith('/proc/'));
};

const packageWarning = (option: OptionName, path: string, facts: Facts): Warning => {
	const {home} = facts.user;
	const name = posix.basename(storePathIn(path)).replace(/^[a-z0-9]{32}-/u, '');
	return {
		code: 'no-gc-root',
		option,
		message: `${storePathIn(path)} has no garbage collector root: the next Nix garbage collection deletes it.`,
		fixes: [
			{say: '', command: `nix-store --add-root ${home}/.nix-roots/${name} --realise ${storePathIn(path)}`},
		],
	};
};

/** A path that leads into the Nix store needs a garbage collector root. */
const checkPath = async (
	{system, facts}: Pick<Parameters<Check>[0], 'system' | 'facts'>,
	option: OptionName,
	given: string,
): Promise<Remarks> => {
	if (given === '' || isInstallable(given)) return nothing;
	const path = expandHome(given, facts.user.home);
	if (isKept(path, facts)) return nothing;
	const real = (await look(system, path))?.realPath;
	if (real === undefined || !inStore(real)) return nothing;
	// Without an answer from Nix, a link may be a root; a store path itself is not.
	const kept = (await hasRoot(system, facts, storePathIn(real))) ?? !inStore(path);
	return kept ? nothing : {problems: [], warnings: [packageWarning(option, real, facts)]};
};

export const checkStorePaths: Check = async ({system, facts, settings}) =>
	together(
		await Promise.all([
			checkPath({system, facts}, 'package', settings.package),
			...settings.extraPackages.map((one) => checkPath({system, facts}, 'extraPackages', one)),
		]),
	);

/** A folder that does not exist here, such as a store path of another machine, provides no programs. */
export const checkExtraPackages: Check = async ({system, settings, facts}) => {
	const folders = settings.extraPackages.filter((one) => !isInstallable(one));
	const found = await Promise.all(
		folders.map(async (given) => {
			const path = expandHome(given, facts.user.home);
			const [folder, programs] = await Promise.all([lookInto(system, path), lookInto(system, `${path}/bin`)]);
			if (programs) return [];
			return [folder ? `${path} has no bin folder` : `${path} does not exist`];
		}),
	);
	return {
		problems: [],
		warnings: found.flat().map((what) => ({
			code: 'extra-package-missing',
			option: 'extraPackages',
			message: `The extra package ${what}: builds cannot find its programs.`,
			fixes: [{say: 'Install it, use another one, or remove it from the extra packages.'}],
		})),
	};
};
