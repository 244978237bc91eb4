import type {KnownFirst} from '../../service-manager/manager-kind.ts';
import type {LinuxFacts, LinuxMachine, OtherOwner, UserManager} from '../facts.ts';
import type {ServiceState} from '../../machine-facts.ts';
import {cleanPath, skim} from '../../paths.ts';
import {demandText, ownFolders} from '../../installed/our-files.ts';
import {answerOf, unusableTool, whyUnanswered} from '../../run-result.ts';
import type {RunResult, System} from '../../system.ts';
import {findNix, findVira} from '../../vira/programs.ts';
import {askLingering, isLingerReadBack} from '../lingering/lingering.ts';
import {askManager, systemctlCommands, parseProperties, parseShownList, unitName} from '../systemctl.ts';
import {exitPam} from '../user-manager.ts';
import {readForgotten, readHomeLock} from './boot-storage.ts';
import {findMasks} from './masks.ts';
import {readServiceState} from './service-state.ts';

const detectLimit = {timeoutMs: 5000};

const isThere = async (system: System, path: string): Promise<boolean> =>
	(await system.inspect(path)) !== undefined;

/** Every user may ask the system manager why it did not start a user manager. */
const isRefused = async (system: System): Promise<boolean> => {
	const shown = parseProperties(
		answerOf(await system.run(systemctlCommands.showManager(system.user.uid), detectLimit)) ?? '',
	);
	return shown['ActiveState'] === 'failed' && shown['ExecMainStatus'] === exitPam;
};

const readUserManager = async (system: System, result: RunResult): Promise<UserManager> => {
	const version = Number.parseInt(parseProperties(answerOf(result) ?? '')['Version'] ?? '', 10);
	if (version > 0) return {answers: true, version};
	const why = whyUnanswered(result) ?? result.stderr.split('\n', 1)[0] ?? '';
	return {answers: false, why, refused: await isRefused(system)};
};

const searchedFolders = (manager: RunResult): readonly string[] =>
	// systemd leaves a `..` of XDG_CONFIG_HOME in it.
	parseShownList(parseProperties(answerOf(manager) ?? '')['UnitPath'] ?? '').map(cleanPath);

/**
 * The folder that the user manager reads units from, which depends on its own XDG_CONFIG_HOME; in the order of
 * systemd.unit(5), "User Unit Search Path". A manager that has not started yet will read the default folder.
 */
const servicesFolder = (system: System, manager: RunResult): string => {
	const found = searchedFolders(manager).find((path) => path.endsWith('/systemd/user'));
	return found === undefined
		? `${system.user.home}/.config/systemd/user`
		: demandText('The unit folder of the systemd user manager', found);
};

const readContainer = async (system: System): Promise<string | undefined> => {
	// Its exit status is 1 outside a container.
	const said = answerOf(await system.run(['systemd-detect-virt', '--container'], detectLimit));
	if (said !== undefined) return said.trim();
	const marks = await Promise.all(['/.dockerenv', '/run/.containerenv'].map((path) => isThere(system, path)));
	return ['docker', 'podman'].find((_, index) => marks[index]);
};

const readSystemd = async (
	system: System,
): Promise<Pick<LinuxFacts, 'lingerReadBack'> & {readonly number: LinuxFacts['systemd']}> => {
	// sd_booted(3): the folder exists only if systemd is PID 1.
	const [booted, result] = await Promise.all([
		isThere(system, '/run/systemd/system'),
		system.run(['systemctl', '--version'], detectLimit),
	]);
	const said = answerOf(result) ?? '';
	const version = /^systemd (\d+)/u.exec(said)?.[1];
	const number = version === undefined ? undefined : Number(version);
	return {number: booted && number, lingerReadBack: isLingerReadBack(system.user, said)};
};

/** A service of the same name that vira-setup did not create: a link at the path of our unit, or a system unit. */
const findOtherOwner = async (system: System, folder: string): Promise<OtherOwner | undefined> => {
	const path = `${folder}/${unitName}`;
	const systemFolders = [
		'/etc/systemd/system',
		'/run/systemd/system',
		'/usr/local/lib/systemd/system',
		'/usr/lib/systemd/system',
		'/lib/systemd/system',
	];
	const [ours, ...others] = await Promise.all(
		[path, ...systemFolders.map((one) => `${one}/${unitName}`)].map((one) => system.inspect(one)),
	);
	if (ours?.kind === 'link') {
		const target = ours.realPath ?? ours.linksTo;
		const inStore = [ours.linksTo, ours.realPath].some((place) => place?.startsWith('/nix/store/'));
		return {by: inStore ? 'home-manager' : 'link', path, target};
	}
	const found = others.findIndex((one) => one !== undefined);
	return found < 0
		? undefined
		: {by: 'system-unit', path: `${systemFolders[found] ?? ''}/${unitName}`, target: others[found]?.realPath};
};

/** A user unit of the same name in another of the manager's folders: ours would only hide it. */
const unitElsewhere = ({file, masked}: ServiceState, ours: string): OtherOwner | undefined =>
	file === undefined || file === ours || masked
		? undefined
		: {by: 'other-unit', path: file, target: undefined};

const withoutQuotes = (value: string): string => value.replace(/^(["'])(.*)\1$/u, '$2');

/** os-release(5); WSL's kernel names Microsoft in its release. */
const readSystem = async (
	system: System,
): Promise<Pick<LinuxMachine, 'systemName'> & Pick<LinuxFacts, 'nixos' | 'wsl'>> => {
	const [release, kernel] = await Promise.all([
		skim(system, '/etc/os-release').then((text) => parseProperties(text ?? '')),
		skim(system, '/proc/sys/kernel/osrelease'),
	]);
	return {
		systemName: withoutQuotes(release['PRETTY_NAME'] ?? 'Linux'),
		nixos: withoutQuotes(release['ID'] ?? '') === 'nixos',
		wsl: /microsoft/iu.test(kernel ?? ''),
	};
};

type Owned = Pick<LinuxMachine, 'service' | 'managedBy'>;

const readService = async (system: System, folder: string): Promise<Owned> => {
	const [service, owner, wanted] = await Promise.all([
		readServiceState(system),
		findOtherOwner(system, folder),
		isThere(system, `${folder}/default.target.wants/${unitName}`),
	]);
	return {
		// If the manager does not respond, or reports only a mask, the link that `enable` created shows it.
		service: service.enabled === undefined || service.masked ? {...service, enabled: wanted} : service,
		managedBy: owner ?? unitElsewhere(service, `${folder}/${unitName}`),
	};
};

/** What depends on the folder that the user manager reads its units from. */
const readManaged = async (system: System) => {
	const manager = await askManager(system, systemctlCommands.showVersionAndPath, detectLimit);
	const services = servicesFolder(system, manager);
	const [userManager, forgotten, owned] = await Promise.all([
		readUserManager(system, manager),
		readForgotten(system, {...ownFolders(system), services}),
		readService(system, services),
	]);
	const masks = owned.service.masked ? await findMasks(system, searchedFolders(manager)) : [];
	const unusable = unusableTool('systemctl', manager);
	return {linux: {userManager, forgotten, masks}, rest: {services, ...owned, ...(unusable && {unusable})}};
};

/** Detects everything in parallel; every command has a time limit, and none waits for another without need. */
export const detectLinux = async (system: System, known: KnownFirst): Promise<LinuxMachine> => {
	const [managed, systemd, lingering, homeLock, container, {systemName, ...kind}, vira, nix] =
		await Promise.all([
			readManaged(system),
			readSystemd(system),
			askLingering(system),
			readHomeLock(system),
			readContainer(system),
			readSystem(system),
			findVira(system),
			findNix(system),
		]);
	const {userManager} = managed.linux;
	const {number, lingerReadBack} = systemd;
	// The user manager has the same version.
	const version = number ?? (userManager.answers ? userManager.version : undefined);
	const {services, ...rest} = managed.rest;
	return {
		platform: 'linux',
		...known,
		systemName,
		vira,
		nix,
		...rest,
		serviceFiles: [`${services}/${unitName}`],
		folders: {...known.folders, services},
		linux: {
			...managed.linux,
			systemd: version,
			lingerReadBack,
			...lingering,
			homeLock,
			container,
			...kind,
		},
	};
};
