import {posix} from 'node:path';
import {failed, ranOutOfTime, output} from '../../result.ts';
import {commandNotFound} from '../../command-words.ts';
import {bootstrapResult, loadPlist} from './bootstrap.ts';
import {failure, notLoaded, numbered} from './target.ts';
import {macOf, serviceId, setOverride, switchOf} from '../mac.ts';
import type {LaunchedService} from '../mac-state.ts';
import {endService, interruptService, isEnding, onDemand, spawn} from './service-life.ts';
import {
	loadedAt,
	reachDomain,
	reachService,
	waitUntil,
	withoutFlags,
	type LaunchctlCall,
	type Subcommand,
} from './subcommand.ts';

const bootstrap: Subcommand = async (call) => {
	const {machine, caller, command} = call;
	const [text, path, ...others] = withoutFlags(call, []);
	const name = posix.basename(path ?? '', '.plist');
	const reached = reachDomain(call, {text, name}, {begins: 'Bootstrap failed', looks: false});
	if (!('target' in reached)) return reached;
	const {domain, label} = reached.target;
	if (label !== undefined || path === undefined || others.length > 0) throw commandNotFound(command);
	return bootstrapResult(caller, path, await loadPlist(machine, domain, path));
};

const bootout: Subcommand = async (call) => {
	const manner = {begins: 'Boot-out failed', looks: false};
	const [text, ...others] = withoutFlags(call, []);
	if (others.length > 0) throw commandNotFound(call.command);
	const reached = reachService(call, text, manner);
	if (!('target' in reached)) return reached;
	if (!loadedAt(call, reached.target))
		return failure(manner, switchOf(macOf(call.machine), 'bootoutMissing'));
	const {domain, label} = reached.target;
	await endService(call.machine, serviceId(domain, label), 'remove');
	return output('');
};

const setOverrideTo =
	(to: 'enabled' | 'disabled'): Subcommand =>
	(call) => {
		const subcommand = to === 'enabled' ? 'enable' : 'disable';
		const [text, ...others] = withoutFlags(call, []);
		const reached = reachService(call, text, {begins: `Could not ${subcommand} service`, looks: false});
		if (!('target' in reached)) return reached;
		if (others.length > 0) throw commandNotFound(call.command);
		const {domain, label} = reached.target;
		setOverride(macOf(call.machine), domain, {label, to});
		return output('');
	};

/** A process this young has not even read its command line. */
const youngMs = 1000;

const warnOfYoung = ({machine}: LaunchctlCall, {domain, label, startedAt = 0}: LaunchedService): void => {
	const mac = macOf(machine);
	if (machine.state.clock - startedAt < youngMs)
		mac.warnings = [...mac.warnings, `kickstart -k killed a starting service: ${serviceId(domain, label)}`];
};

const startAgain = async (call: LaunchctlCall, service: LaunchedService): Promise<boolean> => {
	const id = serviceId(service.domain, service.label);
	warnOfYoung(call, service);
	await endService(call.machine, id, 'spawn');
	return waitUntil(call, () => {
		const now = macOf(call.machine).services[id];
		return !now || !isEnding(now);
	});
};

const kickstart: Subcommand = async (call) => {
	const {machine} = call;
	const kills = call.words.includes('-k');
	const [text, ...others] = withoutFlags(call, ['-k']);
	if (others.length > 0) throw commandNotFound(call.command);
	const label = text?.split('/').at(-1) ?? '';
	const manner = {begins: `Could not kickstart service "${label}"`, looks: false};
	const reached = reachService(call, text, manner);
	if (!('target' in reached)) return reached;
	const service = loadedAt(call, reached.target);
	if (!service) return notLoaded(macOf(machine), reached.target);
	if (service.state === 'spawning' || isEnding(service)) return failure(manner, 37);
	if (service.state !== 'running') await spawn(machine, serviceId(service.domain, service.label), onDemand);
	else if (kills && !(await startAgain(call, service))) return ranOutOfTime;
	return output('');
};

/** The only supported signal. */
const interruptSignal = 'SIGINT';

const kill: Subcommand = (call) => {
	const [signal, text, ...others] = withoutFlags(call, []);
	if (signal !== interruptSignal || others.length > 0) throw commandNotFound(call.command);
	const reached = reachService(call, text, {begins: 'Could not signal service', looks: false});
	if (!('target' in reached)) return reached;
	const service = loadedAt(call, reached.target);
	if (!service) return notLoaded(macOf(call.machine), reached.target);
	if (service.pid === undefined) return failed('No process to signal.', 3);
	interruptService(call.machine, serviceId(service.domain, service.label));
	return output('');
};

/** The legacy way to load an agent into the desktop session: it always exits with status 0 (launchctl(1)). */
const loadLegacy: Subcommand = async ({machine, caller, command, words}) => {
	const [path, ...others] = words;
	if (path === undefined || others.length > 0 || caller.session !== 'Aqua') throw commandNotFound(command);
	const {loaded} = await loadPlist(machine, `gui/${caller.euid}`, path);
	if (loaded) return output('');
	const advice = 'Try running `launchctl bootstrap` as root for richer errors.';
	return {...failed(`Load failed: ${numbered(5)}\n${advice}`), exitCode: 0};
};

/** What launchctl does to services, by subcommand. */
export const serviceSubcommands: Readonly<Record<string, Subcommand>> = {
	bootstrap,
	bootout,
	enable: setOverrideTo('enabled'),
	disable: setOverrideTo('disabled'),
	kickstart,
	kill,
	load: loadLegacy,
};
