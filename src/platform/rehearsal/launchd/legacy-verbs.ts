import type {RunResult} from '../../system.ts';
import {failed, said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {loadPlist} from './bootstrap.ts';
import {readJob} from './job.ts';
import {numbered} from './launchd-errors.ts';
import {macOf, serviceId, servicesIn, setOverride} from './mac.ts';
import type {LaunchedService} from './mac-state.ts';
import {statusOf} from './printed-domain.ts';
import {endService, onDemand, spawn} from './service-life.ts';
import {signalService} from './signal.ts';
import {ownDomain, whyNoDomain, type ServiceTarget} from './target.ts';
import {loadedAt, withoutFlags, type Call, type Verb} from './verb.ts';

/** The status of wait(2), as `list` has it: an exit's in the upper byte. */
const waitStatus = ({last}: LaunchedService): number => {
	if (last.how === 'never') return 0;
	return last.how === 'exit' ? last.code * 256 : last.signal;
};

const listed = (service: LaunchedService): string => {
	const {label, domain, pid, job} = service;
	return [
		'{',
		`\t"LimitLoadToSessionType" = "${domain.startsWith('gui/') ? 'Aqua' : 'Background'}";`,
		`\t"Label" = "${label}";`,
		'\t"OnDemand" = false;',
		`\t"LastExitStatus" = ${waitStatus(service)};`,
		...(pid === undefined ? [] : [`\t"PID" = ${pid};`]),
		`\t"Program" = "${job.program}";`,
		'\t"ProgramArguments" = (',
		...job.words.map((word) => `\t\t"${word}";`),
		'\t);',
		'};',
	].join('\n');
};

/** Shows the caller's own session only: over SSH, nothing of the session at the screen. */
export const list: Verb = (call) => {
	const {machine, caller} = call;
	const [label, ...others] = withoutFlags(call, []);
	if (others.length > 0) throw unknownCommand(call.command);
	const domain = ownDomain(caller);
	if (label !== undefined) {
		const service = loadedAt(call, {domain, label});
		return service
			? said(listed(service))
			: failed(`Could not find service "${label}" in domain for port`, 113);
	}
	const rows = servicesIn(macOf(machine), domain).map(
		(one) => `${one.pid ?? '-'}\t${statusOf(one)}\t${one.label}`,
	);
	return said(['PID\tStatus\tLabel', ...rows].join('\n'));
};

const warning = (path: string): readonly string[] =>
	path.includes('/LaunchAgents/')
		? [
				'Warning: Expecting a LaunchDaemons path since the command was ran as root. Got LaunchAgents instead.',
				'`launchctl bootstrap` is a recommended alternative.',
			]
		: [];

/** The old verbs answer 0 whatever happened, for as long as they are used properly (launchctl(1)). */
const loadResult = (
	call: Call,
	path: string,
	{what, verb, code}: {readonly what: string; readonly verb: string; readonly code: number},
): RunResult => {
	const warned = call.caller.euid === 0 ? warning(path) : [];
	const failure =
		code === 0
			? []
			: [
					`${what} failed: ${numbered(call.caller.euid === 0 ? code : 5)}`,
					`Try running \`launchctl ${verb}\` as root for richer errors.`,
				];
	return {...failed([...warned, ...failure].join('\n')), exitCode: 0};
};

const labelAt = async ({machine}: Call, path: string): Promise<string | undefined> => {
	const text = await machine.files.readFile(path);
	const read = text === undefined ? undefined : readJob(text);
	return read?.good ? read.job.label : undefined;
};

type Loader = (call: Call, path: string, target: ServiceTarget) => Promise<number>;

const loader =
	(
		work: Loader,
		words: {readonly what: string; readonly verb: string; readonly to: 'enabled' | 'disabled'},
	): Verb =>
	async (call) => {
		const [path, ...others] = withoutFlags(call, ['-w']);
		if (path === undefined || others.length > 0) throw unknownCommand(call.command);
		const mac = macOf(call.machine);
		const domain = ownDomain(call.caller);
		const why = whyNoDomain({mac, caller: call.caller}, domain, {
			begins: `${words.what} failed`,
			looks: false,
		});
		if (why) return {...why, exitCode: 0};
		const label = await labelAt(call, path);
		if (label !== undefined && call.words.includes('-w')) setOverride(mac, domain, {label, to: words.to});
		const code = await work(call, path, {domain, label: label ?? ''});
		return loadResult(call, path, {...words, code});
	};

export const load = loader(
	async ({machine}, path, {domain}) => {
		const loading = await loadPlist(machine, domain, path);
		return loading.loaded ? 0 : loading.code;
	},
	{what: 'Load', verb: 'bootstrap', to: 'enabled'},
);

export const unload = loader(
	async (call, _, target) => {
		if (!loadedAt(call, target)) return 5;
		await endService(call.machine, serviceId(target.domain, target.label), 'remove');
		return 0;
	},
	{what: 'Unload', verb: 'bootout', to: 'disabled'},
);

const ownService = (call: Call): ServiceTarget => {
	const [label, ...others] = withoutFlags(call, []);
	if (label === undefined || others.length > 0) throw unknownCommand(call.command);
	return {domain: ownDomain(call.caller), label};
};

export const remove: Verb = async (call) => {
	const {domain, label} = ownService(call);
	await endService(call.machine, serviceId(domain, label), 'remove');
	return said('');
};

export const start: Verb = async (call) => {
	const target = ownService(call);
	const service = loadedAt(call, target);
	if (!service) return failed('', 3);
	const isIdle = service.state === 'not running' || service.state === 'spawn scheduled';
	if (isIdle) await spawn(call.machine, serviceId(target.domain, target.label), onDemand);
	return said('');
};

export const stop: Verb = async (call) => {
	const target = ownService(call);
	if (!loadedAt(call, target)) return failed('', 3);
	await signalService(call.machine, serviceId(target.domain, target.label), 15);
	return said('');
};
