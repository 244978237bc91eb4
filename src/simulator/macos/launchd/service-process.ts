import {posix} from 'node:path';
import {appendOutput, schedule, type Machine} from '../../machine.ts';
import type {StartedVira} from '../../vira/vira-life.ts';
import {viraProgramAt} from '../../programs.ts';
import {accountOf, changeService, macOf, serviceOf, switchOf, uidOf} from '../mac.ts';
import type {LaunchdJob, LaunchedService} from '../mac-state.ts';

/** The only script that the simulated shell supports: it waits for the Nix store and executes the arguments. */
const afterNixStore = '/bin/wait4path /nix/store && exec "$0" "$@"';

const isShell = ({program}: LaunchdJob): boolean => program === '/bin/sh';

/** The program that a job runs, with or without the shell. Throws for a program that is not supported. */
const targetOf = (job: LaunchdJob): readonly [program: string, ...words: string[]] => {
	const {program, words} = job;
	if (!isShell(job)) return [program, ...words.slice(1)];
	const [, flag, text, target, ...rest] = words;
	if (flag !== '-c' || text !== afterNixStore || target === undefined)
		throw new Error(`The simulation does not know how to run: ${words.join(' ')}`);
	return [target, ...rest];
};

/** Below a home folder, whatever the permission bits are (System Settings > Privacy & Security > Files & Folders). */
const guarded = /^\/(?:Desktop|Documents|Downloads|Library\/(?:Mobile Documents|CloudStorage))(?:\/|$)/iu;

/** Whether macOS refuses a background process access to a path, without asking the user. */
const isGuarded = async (machine: Machine, path: string): Promise<boolean> => {
	const {files, state} = machine;
	const [found, home] = await Promise.all([files.inspect(path), files.inspect(state.user.home)]);
	const [real, above] = [found?.realPath ?? '', home?.realPath ?? state.user.home];
	const isBelowHome = real.startsWith(`${above}/`) && guarded.test(real.slice(above.length));
	if (!isBelowHome && !real.startsWith('/Volumes/')) return false;
	return switchOf(macOf(machine), 'guardedFolders') === 'refused';
};

const whyNoProgram = async (machine: Machine, program: string): Promise<string | undefined> => {
	const {files} = machine;
	const found = posix.isAbsolute(program) ? await files.inspect(program) : undefined;
	if (found?.leadsTo === undefined) return 'No such file or directory';
	if (found.leadsTo !== 'file' || !found.executable) return 'Permission denied';
	return (await isGuarded(machine, program)) ? 'Operation not permitted' : undefined;
};

/** Measured: launchd opens no log on a volume other than the startup disk. */
const isUsableLog = async (machine: Machine, path: string): Promise<boolean> => {
	const {files} = machine;
	const [file, folder] = await Promise.all([path, posix.dirname(path)].map((one) => files.inspect(one)));
	if ((file ?? folder)?.realPath?.startsWith('/Volumes/')) return false;
	if (await isGuarded(machine, file ? path : posix.dirname(path))) return false;
	if (file) return file.leadsTo === 'file' && file.writable;
	return folder?.leadsTo === 'folder' && folder.writable;
};

/** Whether launchd can start the process; if not, the exit status is 78 (EX_CONFIG). */
export const isStartable = async (machine: Machine, {job, domain}: LaunchedService): Promise<boolean> => {
	const {files} = machine;
	if (!isShell(job) && (await whyNoProgram(machine, job.program)) !== undefined) return false;
	if (job.folder !== undefined && (await isGuarded(machine, job.folder))) return false;
	for (const path of [job.stdout, job.stderr])
		if (path !== undefined && path !== '/dev/null' && !(await isUsableLog(machine, path))) return false;
	if (job.folder !== undefined && (await files.inspect(job.folder))?.leadsTo !== 'folder') return false;
	return (
		domain !== 'system' || job.userName === undefined || accountOf(macOf(machine), job.userName) !== undefined
	);
};

/** The variables of a process in addition to its EnvironmentVariables. In the system domain, there is no HOME. */
const launchdEnvironment = (machine: Machine, {domain, label}: LaunchedService): Record<string, string> => {
	const always = {PATH: '/usr/bin:/bin:/usr/sbin:/sbin', XPC_SERVICE_NAME: label, XPC_FLAGS: '0x0'};
	const uid = uidOf(domain);
	const account = uid === undefined ? undefined : accountOf(macOf(machine), uid);
	if (!account) return always;
	const {name, home} = account;
	return {
		...always,
		HOME: home,
		USER: name,
		LOGNAME: name,
		SHELL: '/bin/zsh',
		TMPDIR: `/var/folders/${name}/T/`,
		...(domain.startsWith('gui/') && {SSH_AUTH_SOCK: '/private/tmp/com.apple.launchd.rehearsal/Listeners'}),
	};
};

/** launchd opens both outputs before it starts the process (launchd.plist(5), StandardOutPath). */
export const openLogs = async (machine: Machine, {job}: LaunchedService): Promise<void> => {
	for (const path of new Set([job.stdout, job.stderr])) await appendOutput(machine, path, '');
};

/** The Vira that a service runs, if any. Its output goes to the files of the property list. */
export const viraOfService = (machine: Machine, id: string): StartedVira | undefined => {
	const {process, job} = serviceOf(machine, id) ?? {};
	return (
		process && {
			machine,
			process,
			says: (text, stream) => appendOutput(machine, job?.[stream], `${text}\n`),
			listens: (listens) => changeService(machine, id, {process: {...process, listens}}),
		}
	);
};

/** How long Vira takes to read its command line and its state. */
const viraBeginsMs = 40;

/** The exit status of a shell that could not execute the program (sh(1), exit status). */
const shellFailures: Readonly<Record<string, number>> = {
	'No such file or directory': 127,
	'Permission denied': 126,
	'Operation not permitted': 126,
};

/** Throws if the program exists and is not a Vira. */
const demandVira = async (machine: Machine, program: string): Promise<void> => {
	const found = (await whyNoProgram(machine, program)) === undefined;
	if (found && !(await viraProgramAt(machine, program)))
		throw new Error(`The simulation does not know how ${program} behaves`);
};

/** Throws for a job that is not supported, before anything changes. */
export const demandSupported = (machine: Machine, {job}: LaunchedService): Promise<void> =>
	demandVira(machine, targetOf(job)[0]);

/** The first file that Vira opens and that macOS refuses. */
const refusedFile = async (machine: Machine, words: readonly string[]): Promise<string | undefined> => {
	for (const flag of ['--tls-cert', '--tls-key']) {
		const path = words[words.indexOf(flag) + 1];
		if (words.includes(flag) && path !== undefined && (await isGuarded(machine, path))) return path;
	}
	return undefined;
};

const storeIsThere = async ({files}: Machine): Promise<boolean> =>
	(await files.inspect('/nix/store'))?.leadsTo === 'folder';

/** Turns a running process into Vira as soon as possible. Returns the exit status if it exits instead. */
export const becomeVira = async (machine: Machine, id: string): Promise<number | undefined> => {
	const service = serviceOf(machine, id);
	if (service?.pid === undefined || service.process) return undefined;
	const {job, pid} = service;
	if (isShell(job) && !(await storeIsThere(machine))) return undefined;
	const [program, ...words] = targetOf(job);
	const why = await whyNoProgram(machine, program);
	if (why !== undefined) {
		await appendOutput(machine, job.stderr, `${program}: line 0: exec: ${program}: ${why}\n`);
		return shellFailures[why] ?? 126;
	}
	await demandVira(machine, program);
	const refused = await refusedFile(machine, words);
	if (refused !== undefined) {
		await appendOutput(
			machine,
			job.stderr,
			`vira: ${refused}: withBinaryFile: permission denied (Operation not permitted)\n`,
		);
		return 1;
	}
	const environment = {...launchdEnvironment(machine, service), ...job.environment};
	changeService(machine, id, {
		process: {program, arguments: words, environment, folder: job.folder ?? '/'},
	});
	schedule(machine, {
		at: machine.state.clock + viraBeginsMs,
		does: 'launchd',
		what: 'serve',
		service: id,
		pid,
	});
	return undefined;
};
