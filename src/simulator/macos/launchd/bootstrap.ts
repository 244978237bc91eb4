import {asPrograms, type Machine} from '../../machine.ts';
import type {RunResult} from '../../../platform/system.ts';
import {failed, output} from '../../result.ts';
import {readJob, type ReadJob} from './job.ts';
import {errorText, numbered} from './target.ts';
import {
	behaviourOf,
	macOf,
	overrideOf,
	putService,
	serviceId,
	serviceOf,
	switchOf,
	uidOf,
	type Caller,
} from '../mac.ts';
import type {DomainTarget, LaunchdJob, MacState} from '../mac-state.ts';
import {after, isEnding, spawn} from './service-life.ts';
import {signatureFor} from './code-signature.ts';

/** The result of loading a property list, before it becomes a message. */
type Loading =
	| {readonly loaded: true}
	| {
			readonly loaded: false;
			/** launchd's internal error. */
			readonly code: number;
			/** The error that a user sees; by default 5. */
			readonly toUser?: number;
			/** The message about the file that root sees; by default the text of the code. */
			readonly ofFile?: string;
	  };

const loadingRefused = (code: number, toUser?: number): Loading & {readonly loaded: false} => ({
	loaded: false,
	code,
	...(toUser !== undefined && {toUser}),
});

const readPlist = async ({files}: Machine, path: string): Promise<ReadJob> => {
	const found = await files.inspect(path);
	if (found?.leadsTo === undefined) return {good: false, code: 2};
	if (found.leadsTo !== 'file') throw new Error(`The simulation only bootstraps files, not ${path}`);
	return readJob((await files.readFile(path, asPrograms)) ?? '');
};

/** Whether a domain accepts an agent of these session types; without any, it is for desktop sessions only. */
const fitsSession = (domain: DomainTarget, {sessionTypes}: LaunchdJob): boolean => {
	if (domain === 'system') return sessionTypes === undefined || sessionTypes.includes('System');
	return (sessionTypes ?? ['Aqua']).includes(domain.startsWith('gui/') ? 'Aqua' : 'Background');
};

const isFileTrusted = async (machine: Machine, domain: DomainTarget, path: string): Promise<number> => {
	const {owner, mode = 0, realPath = path} = (await machine.files.inspect(path)) ?? {};
	if (owner !== (uidOf(domain) ?? 0) || (mode & 0o022) !== 0) return 122;
	// Reported for every volume other than the startup disk, for any owner of the file.
	if (!realPath.startsWith('/Volumes/')) return 0;
	const isTaken = domain.startsWith('user/') && switchOf(macOf(machine), 'userDomainVolumes') === 'taken';
	return isTaken ? 0 : 122;
};

const whyNotAllowed = (mac: MacState, domain: DomainTarget, job: LaunchdJob): Loading | undefined => {
	const override = overrideOf(mac, domain, job.label) ?? (job.disabled ? 'disabled' : 'enabled');
	if (override === 'disabled') return loadingRefused(119, switchOf(mac, 'disabledNonroot'));
	if (domain !== 'system' && job.sessionTypesListed && switchOf(mac, 'arraySessionTypes') === 'fail5')
		return loadingRefused(5);
	const {rejects} = behaviourOf(mac, job.label);
	if (rejects !== undefined && job.words.some((word) => word.includes(rejects))) return loadingRefused(5);
	return fitsSession(domain, job) ? undefined : loadingRefused(134);
};

const register = async (
	machine: Machine,
	job: LaunchdJob,
	{domain, path}: {readonly domain: DomainTarget; readonly path: string},
): Promise<Loading> => {
	const mac = macOf(machine);
	const id = serviceId(domain, job.label);
	const {btmDenied, pendOnBootstrap} = behaviourOf(mac, job.label);
	const signature = await signatureFor(machine, job);
	putService(machine, {
		domain,
		label: job.label,
		path,
		job,
		...(signature !== undefined && {signature}),
		state: 'not running',
		runs: 0,
		last: {how: 'never'},
	});
	if (btmDenied) {
		after(machine, 1, {id, what: 'deny'});
		return {loaded: true};
	}
	if (!job.runAtLoad && job.keepAlive === false) return {loaded: true};
	if (pendOnBootstrap) putPended(machine, id);
	else await spawn(machine, id, 'speculative');
	return {loaded: true};
};

const putPended = (machine: Machine, id: string): void => {
	const service = serviceOf(machine, id);
	if (service) putService(machine, {...service, pended: 'speculative'});
};

/** Loads a property list into an existing domain, with launchd's checks in launchd's order. */
export const loadPlist = async (machine: Machine, domain: DomainTarget, path: string): Promise<Loading> => {
	const mac = macOf(machine);
	const read = await readPlist(machine, path);
	if (!read.good) return loadingRefused(read.code);
	const untrusted = await isFileTrusted(machine, domain, path);
	if (untrusted !== 0) return loadingRefused(untrusted);
	const notAllowed = whyNotAllowed(mac, domain, read.job);
	if (notAllowed) return notAllowed;
	const present = serviceOf(machine, serviceId(domain, read.job.label));
	if (present && isEnding(present)) return loadingRefused(37);
	if (present)
		return {...loadingRefused(37, switchOf(mac, 'alreadyLoaded')), ofFile: 'service already bootstrapped'};
	return register(machine, read.job, {domain, path});
};

/** The second line that a user sees with error 5, which hides the real one. */
export const rootHint = 'Try re-running the command as root for richer errors.';

/** An error as the caller sees it: for a user, nearly everything is an input/output error. */
const errorForCaller = (
	{euid}: Caller,
	{begins, before}: {readonly begins: string; readonly before?: string},
	{code, toUser = 5}: {readonly code: number; readonly toUser?: number},
): RunResult => {
	if (euid !== 0)
		return failed(`${begins}: ${numbered(toUser)}${toUser === 5 ? `\n${rootHint}` : ''}`, toUser);
	return failed(`${before === undefined ? '' : `${before}\n`}${begins}: ${numbered(code)}`, code);
};

/** The result that bootstrap prints for a loading. */
export const bootstrapResult = (caller: Caller, path: string, loading: Loading): RunResult => {
	if (loading.loaded) return output('');
	const {code, ofFile = errorText(code)} = loading;
	return errorForCaller(caller, {begins: 'Bootstrap failed', before: `${path}: ${ofFile}`}, loading);
};
