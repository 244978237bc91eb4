import {expandHome, stateFolderOf} from '../platform/service.ts';
import type {System} from '../platform/system.ts';
import type {OptionName} from '../settings/options.ts';
import type {Problem} from '../settings/rules.ts';
import {checkAddress} from './checks/address.ts';
import {nothing, problem, together, type Check, type Remarks, type Subject} from './checks/check.ts';
import {findOldState, withOldState} from './checks/old-state.ts';
import {checkRepositories} from './checks/repositories.ts';
import {checkVira} from './checks/vira.ts';
import type {Site} from './situation.ts';

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

const checkFile = async (system: System, option: OptionName, path: string | undefined): Promise<Remarks> => {
	if (path === undefined) return nothing;
	const found = await system.inspect(path);
	if (found?.leadsTo !== 'file') return problem(option, `There is no file ${path}.`);
	return found.readable ? nothing : problem(option, `You may not read ${path}.`);
};

const checkCertificate: Check = async ({system, settings, facts}) => {
	// A certificate is kept for later while HTTPS is off; nothing depends on it then.
	const file = (path: string | undefined): string | undefined =>
		settings.https && path !== undefined ? expandHome(path, facts.user.home) : undefined;
	return together(
		await Promise.all([
			checkFile(system, 'tlsCert', file(settings.tlsCert)),
			checkFile(system, 'tlsKey', file(settings.tlsKey)),
		]),
	);
};

const checkManager: Check = async ({settings, facts: {linux}}) =>
	settings.linger || linux.userManager.answers
		? nothing
		: problem(
				'linger',
				'Turn it on: your user manager does not run, and lingering is what starts it without a login.',
			);

/** Every check that needs no more than the settings; they run side by side. */
const checks: readonly Check[] = [checkAddress, checkCertificate, checkManager];

/** Looks at the places that the settings name. Reads only. */
export const examine = async (subject: Subject): Promise<Site> => {
	const {system, settings, facts} = subject;
	const {config, state, services} = facts.folders;
	const folders = [state, config, stateFolderOf(settings, facts), services];
	const [program, missing, remarks] = await Promise.all([
		resolveProgram(system, expandHome(settings.package, facts.user.home)),
		Promise.all(folders.map((folder) => missingAbove(system, folder))),
		Promise.all(checks.map((check) => check(subject))),
	]);
	const inTheWay = new Set(missing.flatMap((one) => ('inTheWay' in one ? [one.inTheWay] : [])));
	const blocked = [...inTheWay].map((path): Problem => ({
		option: 'stateDir',
		sentence: `${path} is in the way: it is no folder.`,
	}));
	const vira =
		'program' in program ? await checkVira(program.program, subject) : problem('package', program.sentence);
	const resets = vira.warnings.some(({code}) => code === 'state-reset');
	const oldState = resets ? await findOldState(subject) : undefined;
	const repositories =
		'program' in program && !oldState ? await checkRepositories(program.program, subject) : nothing;
	const {problems, warnings} = together([
		oldState ? withOldState(vira, oldState) : vira,
		repositories,
		...remarks,
	]);
	return {
		program: 'program' in program ? program.program : '',
		missingFolders: [...new Set(missing.flatMap((one) => ('inTheWay' in one ? [] : one)))],
		oldState,
		problems: [...problems, ...blocked],
		warnings,
	};
};
