import {appendFile, chmod, mkdir, mkdtemp, readFile, rm, stat} from 'node:fs/promises';
import {homedir, tmpdir, userInfo} from 'node:os';
import {dirname, join} from 'node:path';
import {buildStandIn} from '../__tests__/support/build-vira.ts';
import {demandCommand, runCommand, type Outcome} from './machine/command.ts';
import {waitUntil} from './machine/poll.ts';

/**
 * Sets Vira up, kills it, restarts it and takes it away again on a real Mac, in every domain, from this shell and over
 * SSH. It opens the Mac to SSH and needs sudo without a password: for a Mac of a CI service, which is thrown away then.
 */
if (process.platform !== 'darwin' || process.env['CI'] === undefined)
	throw new Error('This changes the Mac that it runs on, and is for one of a CI service only (CI=true).');

const root = join(import.meta.dirname, '..');
const label = 'org.vira.service';
const folder = await mkdtemp(join(tmpdir(), 'vira-setup-mac-'));
const key = join(folder, 'key');

type Shell = (command: readonly string[]) => readonly string[];

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

const overSsh: Shell = (command) => [
	...['ssh', '-i', key, '-o', 'IdentitiesOnly=yes', '-o', 'StrictHostKeyChecking=accept-new'],
	...['-o', 'BatchMode=yes', 'localhost', command.map(quoted).join(' ')],
];

const inThisShell: Shell = (command) => command;

const domains = ['gui', 'user', 'system'] as const;
type Domain = (typeof domains)[number];

const targetIn = (domain: Domain): string =>
	domain === 'system' ? `${domain}/${label}` : `${domain}/${userInfo().uid}/${label}`;

const fileIn: Readonly<Record<Domain, string>> = {
	gui: join(homedir(), 'Library', 'LaunchAgents', `${label}.plist`),
	user: join(homedir(), '.config', 'vira-setup', 'launchd', `${label}.plist`),
	system: join('/Library', 'LaunchDaemons', `${label}.plist`),
};

/** What launchd says of the service, or undefined where it does not have it. */
const printed = async (domain: Domain): Promise<string | undefined> => {
	const {exitCode, stdout, stderr} = await runCommand(['/bin/launchctl', 'print', targetIn(domain)]);
	if (exitCode === 0) return stdout;
	if (exitCode === 113) return undefined;
	throw new Error(`launchctl print ended with exit status ${exitCode}: ${stderr}`);
};

/** The process that launchd has for the service, once there is one and it is another than before. */
const processIn = (domain: Domain, before?: number): Promise<number> =>
	waitUntil(`there is a new process in the domain ${domain}`, async () => {
		const pid = /^\tpid = (\d+)$/mu.exec((await printed(domain)) ?? '')?.[1];
		return pid === undefined || Number(pid) === before ? undefined : Number(pid);
	});

const expectThat = (holds: boolean, message: string): void => {
	if (!holds) throw new Error(`Not so: ${message}.`);
};

/** The stand-in is a program of Node's, for this run as for the service. */
const searchPath = [join(folder, 'bin'), dirname(process.execPath), '/usr/bin', '/bin', '/usr/sbin', '/sbin'];

const viraSetup = (shell: Shell, words: readonly string[]): Promise<Outcome> => {
	const program = [process.execPath, join(root, 'dist', 'entry.cjs'), ...words];
	return runCommand(shell(['/usr/bin/env', `PATH=${searchPath.join(':')}`, ...program]), {
		timeoutMs: 180_000,
	});
};

const demand = async (shell: Shell, ...words: readonly string[]): Promise<void> => {
	const {exitCode, stdout, stderr} = await viraSetup(shell, words);
	if (exitCode !== 0) throw new Error(`vira-setup ${words.join(' ')}: ${exitCode}\n${stdout}\n${stderr}`);
};

const isHealthy = async (shell: Shell): Promise<true | undefined> =>
	(await viraSetup(shell, ['status'])).exitCode === 0 || undefined;

const tryIn = async (shell: Shell, domain: Domain): Promise<void> => {
	const node = dirname(dirname(process.execPath));
	await demand(shell, '--non-interactive', '--domain', domain, '--extra-package', node);
	const first = await processIn(domain);
	const isOurs = (await printed(domain))?.includes(`\tpath = ${fileIn[domain]}\n`) ?? false;
	expectThat(isOurs, 'launchd has it from our file');
	process.kill(first, 'SIGKILL');
	const second = await processIn(domain, first);
	await waitUntil('it is healthy after it was killed', () => isHealthy(shell));
	await demand(shell, 'restart');
	await processIn(domain, second);
	await waitUntil('it is healthy after a restart', () => isHealthy(shell));
	await demand(shell, 'uninstall', '--non-interactive');
	expectThat((await printed(domain)) === undefined, 'launchd has it no more');
	expectThat((await stat(fileIn[domain]).catch(() => undefined)) === undefined, 'its file is gone');
};

/** Not by systemsetup, which wants a right to the whole disk. */
const openToSsh = async (): Promise<void> => {
	await demandCommand(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key]);
	const ssh = join(homedir(), '.ssh');
	await mkdir(ssh, {recursive: true});
	// GitHub's image leaves it at 0777: sshd takes no key from a folder in which others may write (sshd(8), FILES).
	await chmod(ssh, 0o700);
	await appendFile(join(ssh, 'authorized_keys'), await readFile(`${key}.pub`), {mode: 0o600});
	await chmod(join(ssh, 'authorized_keys'), 0o600);
	await demandCommand(['sudo', 'launchctl', 'enable', 'system/com.openssh.sshd']);
	// Refused where it is there already.
	await runCommand(['sudo', 'launchctl', 'bootstrap', 'system', '/System/Library/LaunchDaemons/ssh.plist']);
	await waitUntil('the Mac can be reached over SSH', async () => {
		const {exitCode} = await runCommand(overSsh(['/usr/bin/true']));
		return exitCode === 0 || undefined;
	});
};

const tryEveryDomain = async (where: string, shell: Shell): Promise<void> => {
	for (const domain of domains) {
		await tryIn(shell, domain);
		console.log(`✔ The domain ${domain}, ${where}`);
	}
};

try {
	await buildStandIn(join(folder, 'bin', 'vira'));
	// A Mac that cannot be opened to SSH has shown all the rest by then.
	await tryEveryDomain('in this shell', inThisShell);
	await openToSsh();
	await tryEveryDomain('over SSH', overSsh);
} finally {
	await rm(folder, {recursive: true});
}
