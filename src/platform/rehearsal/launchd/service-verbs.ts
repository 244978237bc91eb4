import {posix} from 'node:path';
import {failed, ranOutOfTime, said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {bootstrapResult, loadPlist, masked} from './bootstrap.ts';
import {macOf, majorVersion, serviceId, servicesIn, setOverride, switchOf} from './mac.ts';
import type {LaunchedService} from './mac-state.ts';
import {endService, isEnding, onDemand, spawn} from './service-life.ts';
import {signalService} from './signal.ts';
import {failure, notLoaded, type Target} from './target.ts';
import {
	loadedAt,
	reachDomain,
	reachService,
	usage,
	waitUntil,
	withoutFlags,
	type Call,
	type Verb,
} from './verb.ts';

export const bootstrap: Verb = async (call) => {
	const {machine, caller, command} = call;
	const [text, path, ...others] = withoutFlags(call, []);
	const name = posix.basename(path ?? '', '.plist');
	const reached = reachDomain(call, {text, name}, {begins: 'Bootstrap failed', looks: false});
	if (!('target' in reached)) return reached;
	const {domain, label} = reached.target;
	if (label !== undefined || path === undefined) return usage(call.verb);
	if (others.length > 0) throw unknownCommand(command);
	return bootstrapResult(caller, path, await loadPlist(machine, domain, path));
};

const goneMs = (call: Call, id: string) => waitUntil(call, () => !(id in macOf(call.machine).services));

const remove = async (call: Call, {domain, label}: LaunchedService, waits: boolean) => {
	const id = serviceId(domain, label);
	await endService(call.machine, id, 'remove');
	return !waits || (await goneMs(call, id)) ? said('') : ranOutOfTime;
};

const begins = 'Boot-out failed';

const bootoutPath = async (call: Call, {domain}: Target, path: string) => {
	const found = servicesIn(macOf(call.machine), domain).find((one) => one.path === path);
	return found ? remove(call, found, false) : masked(call.caller, {begins}, {code: 5});
};

export const bootout: Verb = async (call) => {
	const mac = macOf(call.machine);
	const waits = call.words.includes('--wait');
	const [text, path, ...others] = withoutFlags(call, ['--wait']);
	if (waits && (majorVersion(mac) < 26 || path !== undefined)) return usage(call.verb);
	const reached = reachDomain(call, {text}, {begins, looks: false});
	if (!('target' in reached)) return reached;
	const {domain, label} = reached.target;
	// Without either, it would end the whole session.
	if (others.length > 0 || (label === undefined) === (path === undefined)) throw unknownCommand(call.command);
	if (label === undefined) return bootoutPath(call, reached.target, path ?? '');
	const service = loadedAt(call, {domain, label});
	return service ? remove(call, service, waits) : failure({begins}, switchOf(mac, 'bootoutMissing'));
};

const overrideVerb =
	(to: 'enabled' | 'disabled'): Verb =>
	(call) => {
		const verb = to === 'enabled' ? 'enable' : 'disable';
		const [text, ...others] = withoutFlags(call, []);
		const reached = reachService(call, text, {begins: `Could not ${verb} service`, looks: false});
		if (!('target' in reached)) return reached;
		if (others.length > 0) return usage(verb);
		const {domain, label} = reached.target;
		setOverride(macOf(call.machine), domain, {label, to});
		return said('');
	};

export const enable = overrideVerb('enabled');
export const disable = overrideVerb('disabled');

/** A process this young has not even read its command line. */
const youngMs = 1000;

const warnOfYoung = ({machine}: Call, {domain, label, startedAt = 0}: LaunchedService): void => {
	const mac = macOf(machine);
	if (machine.state.clock - startedAt < youngMs)
		mac.warnings = [...mac.warnings, `kickstart -k killed a starting service: ${serviceId(domain, label)}`];
};

const startAgain = async (call: Call, service: LaunchedService): Promise<boolean> => {
	const id = serviceId(service.domain, service.label);
	warnOfYoung(call, service);
	await endService(call.machine, id, 'spawn');
	return waitUntil(call, () => {
		const now = macOf(call.machine).services[id];
		return !now || !isEnding(now);
	});
};

export const kickstart: Verb = async (call) => {
	const {machine} = call;
	const flags = call.words.filter((word) => word.startsWith('-')).join('');
	const [text, ...others] = withoutFlags(call, ['-k', '-p', '-kp', '-pk']);
	const label = text?.split('/').at(-1) ?? '';
	const manner = {begins: `Could not kickstart service "${label}"`, looks: false};
	const reached = reachService(call, text, manner);
	if (!('target' in reached)) return reached;
	if (others.length > 0) return usage(call.verb);
	const service = loadedAt(call, reached.target);
	if (!service) return notLoaded(macOf(machine), reached.target);
	if (service.state === 'spawning' || isEnding(service)) return failure(manner, 37);
	const id = serviceId(service.domain, service.label);
	if (service.state !== 'running') await spawn(machine, id, onDemand);
	else if (flags.includes('k') && !(await startAgain(call, service))) return ranOutOfTime;
	const {pid} = loadedAt(call, reached.target) ?? {};
	return said(flags.includes('p') && pid !== undefined ? String(pid) : '');
};

const signalNumbers: Readonly<Record<string, number>> = {
	HUP: 1,
	INT: 2,
	ABRT: 6,
	KILL: 9,
	SEGV: 11,
	TERM: 15,
};

export const kill: Verb = async (call) => {
	const [name = '', text, ...others] = withoutFlags(call, []);
	const signal = /^\d+$/u.test(name) ? Number(name) : signalNumbers[name.replace(/^SIG/u, '')];
	if (signal === undefined || others.length > 0) throw unknownCommand(call.command);
	const reached = reachService(call, text, {begins: 'Could not signal service', looks: false});
	if (!('target' in reached)) return reached;
	const service = loadedAt(call, reached.target);
	if (!service) return notLoaded(macOf(call.machine), reached.target);
	if (service.pid === undefined) return failed('No process to signal.', 3);
	await signalService(call.machine, serviceId(service.domain, service.label), signal);
	return said('');
};
