import type {Fix} from '../../notice.ts';
import type {RunResult} from '../../platform/system.ts';

/** What git says about a repository, as far as its output shows. Texts are those of the C locale. */
export type GitAnswer =
	| 'ready'
	| 'not-found'
	| 'host-unknown'
	| 'unreachable'
	| 'host-key-changed'
	| 'host-key-refused'
	| 'key-refused'
	| 'file-open'
	| 'ssh-config'
	| 'wants-password'
	| 'password-refused'
	| 'certificate-unknown'
	| 'certificate-file'
	| 'certificate-of-other'
	| 'proxy-unreachable'
	| 'ssh-missing'
	| 'owned-by-other'
	| 'failed';

/**
 * The first that fits counts: what SSH or curl says is more exact than what git makes of it. From git 2.30 to 2.51
 * (remote-curl.c, http.c, connect.c, credential.c), curl's errors (libcurl-errors(3)) with OpenSSL, GnuTLS and Secure
 * Transport, OpenSSH 8.4 to 10 (sshconnect.c, readconf.c), getaddrinfo(3) of glibc, musl and macOS, and what GitHub,
 * GitLab, Bitbucket and Gitea print.
 */
const signs: readonly (readonly [GitAnswer, RegExp])[] = [
	[
		'ssh-missing',
		/(?:cannot run|unable to exec\w*|exec:?) '?ssh\b|\bssh: (?:command )?not found|ssh: inaccessible or not found/iu,
	],
	['host-key-changed', /REMOTE HOST IDENTIFICATION HAS CHANGED|Offending (?:\S+ )?key (?:in|for)/u],
	[
		'host-key-refused',
		/Host key verification failed|No \S+ host key is known for|host key .* has been revoked|no matching host key type/iu,
	],
	[
		'proxy-unreachable',
		/Could not resolve proxy|(?:Proxy CONNECT aborted|from proxy after CONNECT|CONNECT tunnel failed)/iu,
	],
	[
		'host-unknown',
		/Could not resolve host|Temporary failure in name resolution|Name or service not known|nodename nor servname|No address associated with hostname|Name does not resolve/iu,
	],
	['certificate-file', /error setting certificate (?:file|verify locations)|Error reading ca cert file/iu],
	[
		'certificate-unknown',
		/SSL certificate problem|server (?:certificate )?verification failed|self[- ]signed certificate|unable to get local issuer certificate|certificate verif\w+ failed|certificate has expired|peer's certificate/iu,
	],
	[
		'certificate-of-other',
		/no alternative certificate subject name|certificate subject name .* does not match/iu,
	],
	['ssh-config', /bad configuration option|terminating, \d+ bad/iu],
	['file-open', /Load key .*: bad permissions|Bad owner or permissions on/u],
	[
		'key-refused',
		/Permission denied \(|Too many authentication failures|Permission denied, please try again|no mutual signature|Load key .*: (?!No such file)/u,
	],
	[
		'unreachable',
		/connect to (?:host|address) .*(?:refused|timed out|unreachable|No route to host|not permitted)|Failed to connect to|Could(?: not|n't) connect to server|Connection (?:refused|timed out|reset)|Connection closed by|Operation timed out|No route to host|Network is unreachable|kex_exchange_identification|banner exchange|SSL_ERROR_SYSCALL|Empty reply from server|requested URL returned error: 5\d\d/iu,
	],
	['owned-by-other', /detected dubious ownership/u],
	[
		'wants-password',
		/could not read (?:Username|Password) for|terminal prompts disabled|unable to read askpass response/iu,
	],
	[
		'not-found',
		/Repository not found|repository '.*' not found|does not appear to be a git repository|(?:does not exist|not exist or|no such repository|Cannot find repository|repository .* is not available)|project you were looking for could not be found|requested URL returned error: 404|No such file or directory\)?$|not a git repository|is this a git repository/imu,
	],
	[
		'password-refused',
		/Authentication failed for|Invalid username or (?:password|token)|requested URL returned error: 40[137]|HTTP Basic: Access denied|Password authentication is not supported/iu,
	],
];

const meaningOf = (text: string): GitAnswer => signs.find(([, sign]) => sign.test(text))?.[0] ?? 'failed';

/** What an answer of `git ls-remote` means; out of time is unreachable. */
export const gitAnswer = ({exitCode, stdout, stderr, timedOut}: RunResult): GitAnswer => {
	if (exitCode === 0) return 'ready';
	return timedOut ? 'unreachable' : meaningOf(`${stderr}\n${stdout}`);
};

/** The file that SSH or git complains about: others can access it, it has an old host key, or belongs to someone else. */
export const namedFile = ({stderr}: Pick<RunResult, 'stderr'>): string | undefined =>
	/(?:Load key "|owner or permissions on |Offending (?:\S+ )?key in |dubious ownership in repository at ')(\/[^"'\r\n]+?)(?::\d+)?["'\r\n]/u.exec(
		`${stderr}\n`,
	)?.[1];

/** Whether another host than that of the URL could not be reached: a proxy. */
export const isOfOther = ({stderr}: Pick<RunResult, 'stderr'>, host: string): boolean => {
	const tried = /Failed to connect to (\S+) port/u.exec(stderr)?.[1];
	return tried !== undefined && host !== '' && tried.toLowerCase() !== host;
};

/** What git adds to every failure of SSH, what only announces an error, and decoration. */
const empty =
	/^\s*$|^@+$|Could not read from remote repository|Please make sure you have the correct access rights|and the repository exists|^Cloning into|Permanently added .* known hosts/u;

/** The line of an answer that says most: the last one of git or SSH itself. */
export const lastLine = ({stderr, stdout}: Pick<RunResult, 'stderr' | 'stdout'>): string | undefined =>
	`${stdout}\n${stderr}`
		.split('\n')
		.filter((line) => !empty.test(line))
		.at(-1)
		?.trim();

/** Where git reaches a repository (git-fetch(1), "Git URLs"). */
export interface GitAddress {
	readonly by: 'ssh' | 'http' | 'other';
	/** Empty for a path. */
	readonly host: string;
	/** undefined: the usual one. */
	readonly port: string | undefined;
	/** The account at the host, for SSH. */
	readonly login: string | undefined;
	/** Without a slash at its beginning. */
	readonly path: string;
}

/** `user@host:path`: the colon is before every slash. */
const likeScp = /^(?:([^@\s\/]+)@)?(\[[^\]]+\]|[^:\s\/]+):(?!\/\/)\/?(.*)$/su;

export const parseGitUrl = (url: string): GitAddress => {
	const [, scheme = '', login, host = '', port, path = ''] =
		/^([a-z+]+):\/\/(?:([^\/?#]*)@)?(\[[^\]]+\]|[^:\/?#]*)(?::(\d+))?\/?(.*)$/isu.exec(url) ?? [];
	if (scheme !== '') {
		const by = /ssh/iu.test(scheme) ? 'ssh' : /^https?$/iu.test(scheme) ? 'http' : 'other';
		return {by, host: bare(host), port, login, path};
	}
	const [, account, name = '', rest = ''] = likeScp.exec(url) ?? [];
	return name === ''
		? {by: 'other', host: '', port: undefined, login: undefined, path: url}
		: {by: 'ssh', host: bare(name), port: undefined, login: account, path: rest};
};

const bare = (host: string): string => host.replaceAll(/^\[|\]$/gu, '').toLowerCase();

/** Whether Vira treats a repository as one of GitHub (its Platform.hs). */
export const isOnGitHub = (url: string): boolean => parseGitUrl(url).host.includes('github.com');

/** A host as known_hosts has it (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export const knownHost = ({host, port}: Pick<GitAddress, 'host' | 'port'>): string =>
	port === undefined || port === '22' ? host : `[${host}]:${port}`;

/** What is known of a repository that git cannot read. */
export interface Unread {
	readonly answer:
		| GitAnswer
		| 'key-passphrase'
		| 'proxy-in-shell'
		| 'certificate-in-shell'
		| 'ssh-in-shell'
		| 'path-in-shell'
		| 'sandboxed'
		| 'no-commit'
		| 'guarded'
		| 'keychain-closed'
		| 'keychain-unknown';
	/** Variables of the shell with which git can read it. */
	readonly added?: Readonly<Record<string, string>>;
	/** The file of a key with a passphrase, or the one that SSH or git complains about. */
	readonly key?: string;
	/** The host as known_hosts has it. */
	readonly knownAs?: string;
	/** Where a path is that macOS keeps the service from, as the end of a sentence. */
	readonly place?: string;
	/** What turns off the sandbox that is the cause. */
	readonly fix?: Fix | undefined;
	/** What git said without what the shell has. */
	readonly answeredBefore?: GitAnswer;
}
