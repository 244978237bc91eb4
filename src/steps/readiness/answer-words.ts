import type {Fix} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Settings} from '../../settings/options.ts';
import {addVariables} from './build-check.ts';
import {isOnGitHub, knownHost, parseGitUrl, type GitAddress, type Unread} from './git-answer.ts';

const sshUrl = ({host, path}: GitAddress): Fix => ({
	say: `Use its SSH URL, such as ssh://git@${host}/${path}, with a key that has no passphrase.`,
});

const ownKey = (key = 'KEY'): readonly Fix[] => [
	{say: 'removes the passphrase of the key', command: commandText(['ssh-keygen', '-p', '-N', '', '-f', key])},
	{say: 'Or create a key without a passphrase for Vira, and add it to the repository as a deploy key.'},
];

/** Outside of a desktop session of a Mac, gh has to keep its token in a file (gh-auth-login(1)). */
const ghLogin = ({domain}: Settings): string =>
	`gh auth login${domain === 'gui' ? '' : ' --insecure-storage'} && gh auth setup-git`;

const withPassword = ({url, settings}: NamedRepository): readonly Fix[] => [
	...(isOnGitHub(url)
		? [{say: 'logs in, and lets git use that login', command: ghLogin(settings)}]
		: [{say: 'Set up a credential helper that works without a desktop session (gitcredentials(7)).'}]),
	sshUrl(parseGitUrl(url)),
];

const forgetCommand = (address: GitAddress, {key: file, knownAs = knownHost(address)}: Unread): string => {
	const where = file === undefined ? [] : ['-f', file];
	const words = ['ssh-keygen', ...where, '-R', knownAs] as const;
	return commandText(file?.startsWith('/etc/') ? ['sudo', ...words] : words);
};

interface Told {
	readonly says: string;
	readonly fixes: readonly Fix[];
}

type Teller = (address: GitAddress, unread: Unread, subject: NamedRepository) => Told;

const fromShell =
	(what: string): Teller =>
	({host}, {added = {}}, {settings}) => ({
		says: `git reaches ${host} only with ${what} of your shell (${Object.keys(added).join(', ')}), which the service does not have`,
		fixes: [addVariables(settings, added)],
	});

/** What each answer says to a person, and what to do about it. */
export const answerWords: Readonly<Record<Exclude<Unread['answer'], 'ready'>, Teller>> = {
	'not-found': ({by, host}) => ({
		says:
			by === 'other'
				? 'git finds no repository there'
				: `${host} does not have it, or does not show it to you`,
		fixes: [{say: 'Check the URL, and whether your key or login may read the repository.'}],
	}),
	'host-unknown': ({host}) => ({
		says: `the name ${host} cannot be resolved`,
		fixes: [{say: 'Check the host name in the URL, and the network of this machine.'}],
	}),
	unreachable: ({host}) => ({
		says: `${host} does not respond`,
		fixes: [{say: 'Check the port in the URL, the network and the firewall.'}],
	}),
	'no-commit': () => ({
		says: 'git can read it, but its HEAD names no commit: it may be empty',
		fixes: [],
	}),
	'host-key-changed': (address, unread) => ({
		says: `the host key of ${address.host} has changed`,
		fixes: [
			{
				say: 'forgets the old key. Do it only if the host was set up again, or has announced a new key',
				command: forgetCommand(address, unread),
			},
		],
	}),
	'host-key-refused': ({host}) => ({
		says: `SSH refuses the host key of ${host}`,
		fixes: [{say: 'shows why', command: commandText(['ssh', '-v', host, 'exit'])}],
	}),
	'key-refused': ({host}) => ({
		says: `${host} refuses your SSH key, or you have none`,
		fixes: [
			{say: 'creates a key, if you have none', command: "ssh-keygen -t ed25519 -N '' -f ~/.ssh/id_ed25519"},
			{say: `Add the public key (~/.ssh/id_ed25519.pub) to your account at ${host}.`},
		],
	}),
	'file-open': (_, {key = 'FILE'}) => ({
		says: `SSH refuses ${key}, because others can access it`,
		fixes: [{say: 'makes it private', command: commandText(['chmod', 'go-rwx', key])}],
	}),
	'ssh-config': () => ({
		says: 'SSH cannot read its configuration',
		fixes: [{say: 'shows why', command: 'ssh -G localhost'}],
	}),
	sandboxed: (_, {key = 'FILE', fix}) => ({
		says: `in the sandbox of the service, SSH refuses ${key}, which there seems to belong to someone else`,
		fixes: fix ? [fix] : [],
	}),
	guarded: (_, {place = ''}) => ({
		says: `it is ${place}: macOS does not let the service read it, unless Vira has Full Disk Access`,
		fixes: [{say: 'Move it elsewhere in your home folder, or use the URL of a server.'}],
	}),
	'keychain-closed': ({by, host}, _, subject) => ({
		says: `git reads the ${by === 'ssh' ? 'passphrase of its key' : 'login'} for ${host} from your login keychain, which the service cannot open`,
		fixes: [
			...(by === 'ssh' ? ownKey() : withPassword(subject)),
			{say: 'runs it in your desktop session', command: 'vira-setup --domain gui'},
		],
	}),
	'keychain-unknown': ({host}) => ({
		says: `whether git can log in to ${host} is unknown: its login is in your keychain, which this SSH session cannot read`,
		fixes: [{say: "shows it, in a terminal on the Mac's own screen", command: 'vira-setup doctor'}],
	}),
	'key-passphrase': ({host}, {key}) => ({
		says: `the SSH key for ${host} has a passphrase: it works in your shell through its agent, which the service does not have`,
		fixes: ownKey(key),
	}),
	'wants-password': ({host}, _, subject) => ({
		says: `${host} asks for a password, and no one can enter it`,
		fixes: withPassword(subject),
	}),
	'password-refused': ({host}, _, subject) => ({
		says: `${host} refuses the login of git`,
		fixes: withPassword(subject),
	}),
	'certificate-unknown': ({host}, _, {settings}) => ({
		says: `git does not trust the certificate of ${host}`,
		fixes: [
			{
				...addVariables(settings, {GIT_SSL_CAINFO: 'FILE'}),
				say: 'Install the certificate of its authority on this machine, or give git its file:',
			},
		],
	}),
	'certificate-of-other': ({host}) => ({
		says: `the certificate of ${host} is for another name`,
		fixes: [{say: 'Use the name that the certificate has in the URL.'}],
	}),
	'certificate-file': () => ({
		says: 'git cannot read its file of certificates',
		fixes: [{say: 'Check the path in GIT_SSL_CAINFO, SSL_CERT_FILE or http.sslCAInfo.'}],
	}),
	'proxy-unreachable': () => ({
		says: 'the proxy does not respond, or refuses the connection',
		fixes: [{say: 'Check the proxy in the environment of the service and in the configuration of git.'}],
	}),
	'owned-by-other': ({path}, {key = `/${path.replace(/^\//u, '')}`}) => ({
		says: 'git refuses a repository that belongs to another user',
		fixes: [
			{
				say: 'allows it',
				command: commandText(['git', 'config', '--global', '--add', 'safe.directory', key]),
			},
		],
	}),
	'ssh-missing': () => ({
		says: 'ssh is not on the PATH of the service',
		fixes: [{say: 'adds it', command: 'vira-setup --extra-package nixpkgs#openssh'}],
	}),
	'proxy-in-shell': fromShell('the proxy'),
	'certificate-in-shell': fromShell('the certificates'),
	'path-in-shell': (_, {answeredBefore}) => ({
		says: `git needs a program that is on the PATH of your shell only, such as ${answeredBefore === 'ssh-missing' ? 'ssh' : 'a credential helper'}`,
		fixes: [{say: 'Add the package of that program under "Extra packages", or give git its full path.'}],
	}),
	'ssh-in-shell': fromShell('the SSH command'),
	failed: () => ({says: 'git cannot read it', fixes: []}),
};

/** A repository that was asked for. `name` is the URL itself for one without a name. */
export interface NamedRepository {
	readonly name: string;
	readonly url: string;
	readonly settings: Settings;
	/** Hides the secrets of the settings. */
	readonly mask: (text: string) => string;
}
