import {isEnding} from './service-life.ts';
import type {Ended, LaunchdJob, LaunchedService, MacState} from '../mac-state.ts';
import {macosMajor} from '../mac.ts';

type Lines = readonly string[];

const tabbed = (lines: Lines): Lines => lines.map((line) => `\t${line}`);

/** A block in braces, as launchctl nests them. */
export const block = (name: string, lines: Lines): Lines => [`${name} = {`, ...tabbed(lines), '}'];

const optional = (name: string, value: string | number | undefined): Lines =>
	value === undefined ? [] : [`${name} = ${value}`];

const pairs = (values: Readonly<Record<string, string>>): Lines =>
	Object.entries(values).map(([key, value]) => `${key} => ${value}`);

/** strsignal(3) of the signals that matter here. */
const signals: Readonly<Record<number, string>> = {
	2: 'Interrupt',
	9: 'Killed',
	11: 'Segmentation fault',
	15: 'Terminated',
};

const lastEnding = (last: Ended | {readonly how: 'never'}): string => {
	if (last.how === 'never') return 'last exit code = (never exited)';
	if (last.how === 'signal' && last.reason !== undefined) return `last exit reason = ${last.reason}`;
	if (last.how === 'signal')
		return `last terminating signal = ${signals[last.signal] ?? `Unknown signal`}: ${last.signal}`;
	return `last exit code = ${last.code}${last.code === 78 ? ': EX_CONFIG' : ''}`;
};

const semaphores = ({keepAlive}: LaunchdJob): Lines => {
	if (typeof keepAlive === 'boolean') return [];
	const {SuccessfulExit: successful, Crashed: crashed} = keepAlive;
	return block('semaphores', [
		...(successful === undefined ? [] : [`successful exit => ${Number(successful)}`]),
		...(crashed === undefined ? [] : [`after crash => ${Number(crashed)}`]),
	]);
};

const properties = ({keepAlive, runAtLoad}: LaunchdJob, mac: MacState): string =>
	[
		...(keepAlive === false ? [] : ['keepalive']),
		...(runAtLoad ? ['runatload'] : []),
		'inferred program',
		...(macosMajor(mac) >= 26 ? ['managed LWCR', 'has LWCR'] : []),
	].join(' | ');

/** While a service runs, the kernel's coalitions for it; each has its own state. */
const coalition = (kind: 'resource' | 'jetsam', {label, pid = 0}: LaunchedService): Lines =>
	block(`${kind} coalition`, [
		`ID = ${pid + (kind === 'jetsam' ? 1 : 0)}`,
		`type = ${kind}`,
		'state = active',
		'active count = 1',
		`name = ${label}`,
	]);

const program = ({job}: LaunchedService): Lines => [
	`program = ${job.program}`,
	...block('arguments', job.words),
	'',
	...(job.folder === undefined ? [] : [`working directory = ${job.folder}`, '']),
	...optional('stdout path', job.stdout),
	...optional('stderr path', job.stderr),
];

const environment = ({domain, label, job}: LaunchedService): Lines => [
	...(domain.startsWith('gui/')
		? [
				...block('inherited environment', [
					'SSH_AUTH_SOCK => /private/tmp/com.apple.launchd.rehearsal/Listeners',
				]),
				'',
			]
		: []),
	...block('default environment', ['PATH => /usr/bin:/bin:/usr/sbin:/sbin']),
	'',
	...block('environment', [
		...pairs(job.environment),
		'OSLogRateLimit => 64',
		`XPC_SERVICE_NAME => ${label}`,
	]),
	'',
];

const place = ({domain, job}: LaunchedService, mac: MacState): Lines => {
	const [kind, number = ''] = domain.split('/');
	const asid = mac.domains[number]?.asid ?? 100_000;
	return [
		kind === 'gui' ? `domain = ${domain} [${asid}]` : `domain = ${domain}`,
		...(kind === 'gui' ? [`asid = ${asid}`] : []),
		...optional('username', kind === 'system' ? job.userName : undefined),
	];
};

/** The lines of any process, as seen for a service that has just been started. */
const processLines: Lines = [
	'forks = 0',
	'execs = 1',
	'initialized = 1',
	'trampolined = 1',
	'started suspended = 0',
	'proxy started suspended = 0',
	'checked allocations = 0 (queried = 1)',
	'checked allocations reason = no host',
	'checked allocations flags = 0x0',
];

const limits: Lines = [
	'jetsam priority = 40',
	'jetsam memory limit (active) = (unlimited)',
	'jetsam memory limit (inactive) = (unlimited)',
	'jetsamproperties category = daemon',
	'jetsam thread limit = 32',
	'cpumon = default',
];

const life = (service: LaunchedService): Lines => {
	const {job, runs, pid, last, pended, reason} = service;
	return [
		`minimum runtime = ${job.throttleMs / 1000}`,
		`exit timeout = ${job.exitTimeoutMs / 1000}`,
		`runs = ${runs}`,
		...optional('pid', pid),
		...optional('immediate reason', pid === undefined ? undefined : reason),
		...optional('pended nondemand spawn', pended),
		...(pid === undefined ? [] : processLines),
		lastEnding(last),
		...semaphores(job),
		'',
	];
};

/** The output of `launchctl print` for a service. Its manual warns against parsing it, but there is no other way. */
export const serviceText = (service: LaunchedService, mac: MacState): string => {
	const {domain, label, path, state, pid, job} = service;
	const lines = [
		`active count = ${pid === undefined ? 0 : 1}`,
		`path = ${path}`,
		`type = ${domain === 'system' ? 'LaunchDaemon' : 'LaunchAgent'}`,
		`state = ${state}`,
		'',
		...program(service),
		...environment(service),
		...place(service, mac),
		...life(service),
		...(pid === undefined || isEnding(service)
			? []
			: [...coalition('resource', service), '', ...coalition('jetsam', service), '']),
		`spawn type = ${job.spawnType}`,
		...limits,
		'',
		`properties = ${properties(job, mac)}`,
	];
	return block(`${domain}/${label}`, lines)
		.map((line) => (line.trim() === '' ? '' : line))
		.join('\n');
};
