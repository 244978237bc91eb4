import {answerOf} from '../run-result.ts';
import type {AgentFile, Mac, MacFacts} from '../facts.ts';
import {findNix, findVira} from '../vira/find-installed.ts';
import type {KnownFirst} from '../service-manager/manager-kind.ts';
import {look} from '../place.ts';
import type {System} from '../system.ts';
import {readAgents, serviceStateOf} from './agents.ts';
import {findObstacles} from './find-obstacles.ts';
import {findOwner} from './find-owner.ts';
import {commands, daemonPath, domains, isDisabled, label, type Domain} from './launchctl.ts';
import {readMac} from './read-mac.ts';

/** launchctl hangs for as long as launchd does. */
const timeLimit = {timeoutMs: 30_000};

type Places = Readonly<Record<Domain, string>>;

/** The service file of each domain. A login does not load the one next to our settings. */
const placesOf = (services: string, config: string): Places => ({
	gui: `${services}/${label}.plist`,
	user: `${config}/launchd/${label}.plist`,
	system: daemonPath,
});

const readFile = async (system: System, path: string): Promise<AgentFile | undefined> => {
	const found = await look(system, path);
	return found?.leadsTo === 'file' ? {path, mode: found.mode, owner: found.owner} : undefined;
};

const readFiles = async (system: System, places: Places): Promise<MacFacts['files']> => {
	const found = await Promise.all(domains.map((domain) => readFile(system, places[domain])));
	return Object.fromEntries(
		domains.flatMap((domain, index) => (found[index] ? [[domain, found[index]]] : [])),
	);
};

type MacService = Pick<MacFacts, 'agents' | 'disabled' | 'daemonDisabled' | 'files' | 'obstacles'>;

/** Reading what is disabled needs no privileges. */
export const readSwitches = async (
	system: System,
): Promise<Pick<MacFacts, 'disabled' | 'daemonDisabled'>> => {
	const ask = async (domain: 'user' | 'system'): Promise<boolean | undefined> =>
		isDisabled(answerOf(await system.run(commands.printDisabled(domain, system.user.uid), timeLimit)));
	const [disabled, daemonDisabled] = await Promise.all([ask('user'), ask('system')]);
	return {disabled, daemonDisabled};
};

const readService = async (system: System, places: Places): Promise<MacService> => {
	const [agents, switches, files] = await Promise.all([
		readAgents(system),
		readSwitches(system),
		readFiles(system, places),
	]);
	return {
		agents,
		...switches,
		files,
		obstacles: await findObstacles(system, agents),
	};
};

/** Reads everything in parallel, and changes nothing. */
export const detectMac = async (system: System, known: KnownFirst): Promise<Mac> => {
	const folders = {...known.folders, services: `${system.user.home}/Library/LaunchAgents`};
	const places = placesOf(folders.services, folders.config);
	const [itself, service, vira, nix, managedBy] = await Promise.all([
		readMac(system),
		readService(system, places),
		findVira(system),
		findNix(system),
		findOwner(system, places.gui),
	]);
	const mac = {...itself, ...service};
	const {screen} = mac;
	return {
		platform: 'macos',
		...known,
		systemName: mac.version === undefined ? 'macOS' : `macOS ${mac.version}`,
		vira,
		nix,
		folders,
		serviceFiles: [places.gui, places.user, places.system],
		service: serviceStateOf(mac),
		managedBy,
		...('unusable' in screen && {unusable: {tool: 'launchctl', why: screen.words}}),
		mac,
	};
};
