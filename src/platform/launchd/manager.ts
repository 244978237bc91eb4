import type {ServiceStep, Manager, Persistence} from '../service-manager/service-manager.ts';
import {agentReports, readVitals} from './agent-status.ts';
import {label, domains, serviceTarget, type Domain} from './launchctl.ts';
import type {Mac} from './facts.ts';
import {isSwitchedOff, loadedIn, readAgents, serviceStateOf} from './agent/agent-state.ts';
import {readSwitches} from './detect/detect.ts';
import {asAgent} from './agent/as-agent.ts';
import {isTrusted, launchAgentText} from './agent/launch-agent.ts';
import {asTyped, commandText} from '../command-text.ts';
import {serviceFrom, stateFolderOf} from '../service.ts';
import type {Command, System} from '../system.ts';
import {nothing, problem, type Check} from '../service-manager/check.ts';
import {filesOf} from '../installed/our-files.ts';
import {
	canRunNow,
	fileFor,
	isAstray,
	loadActions,
	switchOnActions,
	unloadActions,
} from './agent/agent-actions.ts';
import {macAdvice, refusalsOn} from './advice.ts';
import {checkNixStore, checkVolumes} from './check-volumes.ts';
import {launchdByHand} from './manual-control.ts';
import {diagnose} from './diagnosis/diagnose.ts';
import {atLogin} from './diagnosis/diagnosis.ts';
import {logFile, logFileOf, readLogFile} from './log-file.ts';
import {announcementOn, macBootBehavior, persistenceOf} from './boot-behavior.ts';
import {launchdRemover} from './remover.ts';
import {findExisting, whyNoFolder} from '../paths.ts';

/** According to one report, macOS 26 refuses an agent that only its owner can read. */
const agentMode = 0o644;

const readState = async (system: System) => {
	const [agents, switches] = await Promise.all([readAgents(system), readSwitches(system)]);
	return serviceStateOf({agents, ...switches});
};

/** If nothing is loaded, the domain is derived from the file. */
const readPersistence = async (system: System, facts: Mac): Promise<Persistence> => {
	const [agents, switches] = await Promise.all([readAgents(system), readSwitches(system)]);
	const [loaded] = loadedIn(agents);
	const domain = loaded ?? domains.find((one) => facts.mac.files[one] !== undefined) ?? 'gui';
	const [file, persistence] = [await system.inspect(fileFor(facts, domain)), persistenceOf(facts, {domain})];
	const isTaken = file?.leadsTo === 'file' && isTrusted(facts, domain, file);
	const isOff = isSwitchedOff(switches, domain);
	if (persistence.startsAtBoot === false) return persistence;
	if (!isTaken || isOff === true) return {startsAtBoot: false, survivesLogout: persistence.survivesLogout};
	return isOff === undefined
		? {
				...persistence,
				startsAtBoot: undefined,
				bootUnknown: 'launchd did not report whether it is disabled.',
			}
		: persistence;
};

/** The folder of daemons belongs to root and exists on every Mac. */
const foldersFor = (facts: Mac, domain: Domain): readonly string[] =>
	[logFile(facts), ...(domain === 'system' ? [] : [fileFor(facts, domain)])].map((path) =>
		path.slice(0, path.lastIndexOf('/')),
	);

const stopCommand = ({mac, user}: Mac): Command => {
	const domain = loadedIn(mac.agents)[0] ?? 'gui';
	const command: Command = ['launchctl', 'bootout', serviceTarget(domain, user.uid)];
	return domain === 'system' ? asTyped(command) : command;
};

const commandsOn = (facts: Mac): Manager['commands'] => ({
	status: ({domain}) => ['launchctl', 'print', serviceTarget(domain, facts.user.uid)],
	stop: stopCommand(facts),
	nixDaemon: (isDeterminate) => [
		...(['sudo', 'launchctl', 'kickstart', '-k'] as const),
		`system/${isDeterminate ? 'systems.determinate.nix-daemon' : 'org.nixos.nix-daemon'}`,
	],
	log: ['tail', '-n', '50', logFile(facts)],
	followLog: ['tail', '-f', logFile(facts)],
});

const howEnded = ({mac: {agents}}: Mac): ReturnType<Manager['howEnded']> => {
	const exits = loadedIn(agents).map((domain) => agents[domain]);
	const last = exits.flatMap((one) => (one.known === 'loaded' ? [one.agent.lastExit] : []))[0];
	if (last === undefined) return undefined;
	return typeof last === 'number' ? 'exited' : 'killed';
};

const ownPlacesOn = (facts: Mac): Manager['ownPlaces'] => ({
	isFile: (path) => path.endsWith(`/vira-setup/launchd/${label}.plist`),
	isFolder: (path) => path.endsWith('/vira-setup/launchd'),
	files: [logFile(facts)],
});

type Looking =
	| 'diagnose'
	| 'howEnded'
	| 'readState'
	| 'readProcesses'
	| 'whyNotEnded'
	| 'readVitals'
	| 'readPersistence'
	| 'readLog';

/** What the service is doing. */
const looking = (facts: Mac): Pick<Manager, Looking> => ({
	diagnose: (settings) => diagnose(facts, settings?.domain),
	howEnded: () => howEnded(facts),
	readState,
	readProcesses: async (system) => {
		const agents = Object.values(await readAgents(system));
		return agents.flatMap((one) =>
			one.known === 'loaded' && one.agent.pid !== undefined ? [{pid: one.agent.pid, name: 'vira'}] : [],
		);
	},
	whyNotEnded: 'launchd has loaded it in another domain, or has not stopped it yet.',
	readVitals: (system, state) => readVitals(system, facts, state),
	readPersistence: (system) => readPersistence(system, facts),
	readLog: (system) => readLogFile(system, logFile(facts)),
});

/**
 * Other installers that run with sudo leave ~/Library/LaunchAgents owned by root. Only the gui domain uses that folder:
 * the files of the other two domains are elsewhere.
 */
const checkAgentsFolder: Check = async ({system, facts, settings}) => {
	if (facts.platform !== 'macos') return nothing;
	if (settings.domain !== 'gui' && !facts.mac.files.gui) return nothing;
	const {services} = facts.folders;
	const place = await findExisting(system, services);
	const why = await whyNoFolder(system, place);
	if (why === undefined) return nothing;
	const {nearest, found} = place;
	const allow: Command =
		found.owner === facts.user.uid
			? ['chmod', 'u+rwx', nearest]
			: ['sudo', 'chown', facts.user.name, nearest];
	const isFolder = found.leadsTo === 'folder';
	const command = commandText(isFolder ? allow : ['mv', nearest, `${nearest}.away`]);
	const other =
		settings.domain === 'gui' ? 'Use the domain user or system, which do not need it, or fix' : 'Fix';
	// The command is last, so that it can be copied.
	return problem('domain', `${why} The agent file belongs there. ${other} the folder: ${command}`);
};

const steps: Readonly<Record<string, ServiceStep>> = {
	'load-agent': 'start',
	'restart-agent': 'start',
	'unload-agent': 'stop',
};

/** On a Mac, the service is a launchd agent, or a daemon that runs as this person. */
export const launchd = (facts: Mac): Manager => ({
	name: 'launchd',
	refusals: refusalsOn(facts),
	advice: macAdvice(facts),
	checks: [checkNixStore, checkVolumes, checkAgentsFolder],
	checkService: async () => nothing,
	serviceFile: (settings, program) => ({
		path: fileFor(facts, settings.domain),
		mode: agentMode,
		content: launchAgentText(serviceFrom(settings, facts, program.path), {
			domain: settings.domain,
			user: facts.user,
			realProgram: program.realPath,
			folder: stateFolderOf(settings, facts),
			logFile: logFile(facts),
		}),
	}),
	asService: async (system, which) => asAgent(system, facts, which),
	stagedFor: (path) => (path === fileFor(facts, 'system') ? filesOf(facts).staged : undefined),
	preparation: (settings) => switchOnActions(facts, settings),
	stop: () => unloadActions(facts),
	start: (settings, need) => loadActions(facts, settings, need),
	stepOf: ({does}) => steps[does],
	byHand: launchdByHand(facts),
	startsLater: (settings) =>
		canRunNow(facts, settings) ? undefined : `Vira is not running yet: it starts ${atLogin}.`,
	announcement: announcementOn(facts),
	outlook: (settings) => macBootBehavior(facts, settings),
	countsEveryStart: true,
	isAstray: (settings) => isAstray(facts, settings),
	...looking(facts),
	log: logFileOf(facts),
	...agentReports(facts),
	// Only one of three domains needs it: checkAgentsFolder.
	servicesFolderFix: undefined,
	ownPlaces: ownPlacesOn(facts),
	folders: ({domain}) => foldersFor(facts, domain),
	remover: launchdRemover(facts),
	commands: commandsOn(facts),
});
