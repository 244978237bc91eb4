import type {Facts} from '../platform/facts.ts';
import {expandHome, stateFolderOf} from '../platform/service.ts';
import type {System} from '../platform/system.ts';
import type {OptionName, Settings} from '../settings/options.ts';
import type {Problem} from '../settings/rules.ts';
import {checkVira} from './check-vira.ts';
import {checkAddress} from './check-address.ts';
import type {Existing, Site} from './situation.ts';

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 1));

/** The folders from the first missing one down to `path`; a problem where something else is in the way. */
const missingAbove = async (
	system: System,
	path: string,
): Promise<readonly string[] | {readonly inTheWay: string}> => {
	const found = await system.inspect(path);
	if (found) return found.leadsTo === 'folder' ? [] : {inTheWay: path};
	if (path === '/') return [];
	const above = await missingAbove(system, parentOf(path));
	return 'inTheWay' in above ? above : [...above, path];
};

/** The executable behind `package`: the file itself, or `bin/vira` of a folder. */
const resolveProgram = async (
	system: System,
	path: string,
): Promise<{readonly program: string} | {readonly sentence: string}> => {
	const found = await system.inspect(path);
	if (!found?.leadsTo) return {sentence: `There is nothing at ${path}.`};
	if (found.leadsTo !== 'folder')
		return found.executable ? {program: path} : {sentence: `${path} is no executable file.`};
	const inside = `${path.replace(/\/+$/u, '')}/bin/vira`;
	const program = await system.inspect(inside);
	return program?.executable ? {program: inside} : {sentence: `There is no executable ${inside}.`};
};

const isFile = async (
	system: System,
	option: OptionName,
	path: string | undefined,
): Promise<readonly Problem[]> => {
	if (path === undefined) return [];
	const found = await system.inspect(path);
	if (found?.leadsTo !== 'file') return [{option, sentence: `There is no file ${path}.`}];
	return found.readable ? [] : [{option, sentence: `You may not read ${path}.`}];
};

const managerNeeded = (settings: Settings, {linux}: Facts): readonly Problem[] =>
	settings.linger || linux.userManager.answers
		? []
		: [
				{
					option: 'linger',
					sentence:
						'Turn it on: your user manager does not run, and lingering is what starts it without a login.',
				},
			];

/** Looks at the places that the settings name. Reads only. */
export const examine = async (
	system: System,
	settings: Settings,
	known: {readonly facts: Facts; readonly existing: Existing},
): Promise<Site> => {
	const {facts} = known;
	const full = (path: string): string => expandHome(path, facts.user.home);
	// A certificate is kept for later while HTTPS is off; nothing depends on it then.
	const certificateFile = (path: string | undefined): string | undefined =>
		settings.https && path !== undefined ? full(path) : undefined;
	const {config, state, services} = facts.folders;
	const folders = [state, config, stateFolderOf(settings, facts), services];
	const [program, missing, address, certificate, key] = await Promise.all([
		resolveProgram(system, full(settings.package)),
		Promise.all(folders.map((folder) => missingAbove(system, folder))),
		checkAddress(system, settings, known),
		isFile(system, 'tlsCert', certificateFile(settings.tlsCert)),
		isFile(system, 'tlsKey', certificateFile(settings.tlsKey)),
	]);
	const inTheWay = new Set(missing.flatMap((one) => ('inTheWay' in one ? [one.inTheWay] : [])));
	const blocked = [...inTheWay].map((path): Problem => ({
		option: 'stateDir',
		sentence: `${path} is in the way: it is no folder.`,
	}));
	const vira = 'program' in program ? await checkVira(system, facts, {settings, ...program}) : undefined;
	return {
		program: 'program' in program ? program.program : '',
		missingFolders: [...new Set(missing.flatMap((one) => ('inTheWay' in one ? [] : one)))],
		problems: [
			...('sentence' in program ? [{option: 'package', sentence: program.sentence} as const] : []),
			...(vira?.problems ?? []),
			...address,
			...certificate,
			...key,
			...blocked,
			...managerNeeded(settings, facts),
		],
		warnings: vira?.warnings ?? [],
	};
};
