import type {KnownFirst} from '../../service-manager/manager-kind.ts';
import type {AgentFile, Mac, MacFacts} from '../facts.ts';
import {look} from '../../paths.ts';
import {answerOf} from '../../run-result.ts';
import type {System} from '../../system.ts';
import {findNix, findVira} from '../../vira/find-installed.ts';
import {loadedAgents, readAgents, serviceStateOf} from '../agent/agent-state.ts';
import {
	launchctlCommands,
	daemonPath,
	domains,
	isDisabled,
	label,
	timeLimit,
	type Domain,
} from '../launchctl.ts';
import {findObstacles} from './find-obstacles.ts';
import {findOwner} from './find-owner.ts';
import {readMac, type MacItself} from './read-mac.ts';

/** The service file of each domain. A login does not load the one next to our settings. */
const filePaths = (services: string, config: string): Readonly<Record<Domain, string>> => ({
	gui: `${services}/${label}.plist`,
	user: `${config}/launchd/${label}.plist`,
	system: daemonPath,
});

const readFile = async (system: System, path: string): Promise<AgentFile | undefined> => {
	const found = await look(system, path);
	return found?.leadsTo === 'file' ? {path, mode: found.mode, owner: found.owner} : undefined;
};

/** Reading what is disabled needs no privileges. */
export const readSwitches = async (
	system: System,
): Promise<Pick<MacFacts, 'disabled' | 'daemonDisabled'>> => {
	const ask = async (domain: 'user' | 'system'): Promise<boolean | undefined> =>
		isDisabled(
			answerOf(await system.run(launchctlCommands.printDisabled(domain, system.user.uid), timeLimit)),
		);
	const [disabled, daemonDisabled] = await Promise.all([ask('user'), ask('system')]);
	return {disabled, daemonDisabled};
};

const readService = async (
	system: System,
	paths: Readonly<Record<Domain, string>>,
): Promise<Omit<MacFacts, keyof MacItself>> => {
	const [agents, switches, ...files] = await Promise.all([
		readAgents(system),
		readSwitches(system),
		...domains.map((domain) => readFile(system, paths[domain])),
	]);
	const found = domains.flatMap((domain, index) => (files[index] ? [[domain, files[index]]] : []));
	return {
		agents,
		...switches,
		files: Object.fromEntries(found) as MacFacts['files'],
		obstacles: await findObstacles(system, loadedAgents(agents)),
	};
};

/** Reads everything in parallel, and changes nothing. */
export const detectMac = async (system: System, known: KnownFirst): Promise<Mac> => {
	const folders = {...known.folders, services: `${system.user.home}/Library/LaunchAgents`};
	const paths = filePaths(folders.services, folders.config);
	const [itself, service, vira, nix, managedBy] = await Promise.all([
		readMac(system),
		readService(system, paths),
		findVira(system),
		findNix(system),
		findOwner(system, paths.gui),
	]);
	const mac = {...itself, ...service};
	return {
		platform: 'macos',
		...known,
		systemName: mac.version === undefined ? 'macOS' : `macOS ${mac.version}`,
		vira,
		nix,
		folders,
		serviceFiles: [paths.gui, paths.user, paths.system],
		service: serviceStateOf(mac),
		managedBy,
		...('unusable' in mac.screen && {unusable: {tool: 'launchctl', why: mac.screen.words}}),
		mac,
	};
};
