import type {Machine} from '../../../scripts/machine/machine.ts';
import {waitUntil} from '../../../scripts/machine/poll.ts';

/** Where everything of the forge is on the machine. */
export const folder = '/srv/forge';
const repositories = '/srv/git';

/** The login of the repositories below /private. */
export const login = {user: 'alice', password: 'correct-horse'} as const;

/** The token that the forge accepts where it plays GitHub. */
export const gitHubToken = 'gho_correct_horse';

/** Loopback addresses, but for one that drops every packet and one that no route leads to. */
const addresses = {
	'git.example.org': '127.0.0.2',
	// Its certificate is signed by an authority that the machine does not know.
	'internal.example.org': '127.0.0.3',
	'expired.example.org': '127.0.0.4',
	// Its certificate is for git.example.org.
	'alias.example.org': '127.0.0.2',
	'proxy.example.org': '127.0.0.5',
	'closed.example.org': '127.0.0.6',
	// Its SSH server drops connections for a while once an address was refused a few times.
	'strict.example.org': '127.0.0.8',
	// What gh(1) and git reach as GitHub.
	'github.com': '127.0.0.9',
	'api.github.com': '127.0.0.9',
	'silent.example.org': '192.0.2.1',
	'unreachable.example.org': '198.51.100.1',
} as const;

const nameServer = '127.0.0.7';

/** A port of git.example.org that takes connections, and says nothing. */
export const mutePort = 2222;

/** The proxy that finds behind.example.org, and the one that wants a password. */
export const proxy = 'http://proxy.example.org:3128';
export const waryProxy = 'http://proxy.example.org:3129';

/** The authority that has signed the certificate of internal.example.org. */
export const internalAuthority = `${folder}/internal-authority.crt`;

const configuration = {
	folder,
	repositories,
	login,
	gitHubToken,
	hosts: [
		{address: addresses['git.example.org'], pair: 'git'},
		{address: addresses['internal.example.org'], pair: 'internal'},
		{address: addresses['expired.example.org'], pair: 'expired'},
		{address: addresses['github.com'], pair: 'github'},
	],
	mute: {address: addresses['git.example.org'], port: mutePort},
	proxy: {address: addresses['proxy.example.org'], port: 3128},
	wary: {address: addresses['proxy.example.org'], port: 3129},
	nameServer: {address: nameServer},
};

const sshd = `
Port 22
ListenAddress ${addresses['git.example.org']}
HostKey ${folder}/host_key
AuthorizedKeysFile ${folder}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
ChallengeResponseAuthentication no
MaxStartups 100
PidFile none
`;

/** A certificate authority, and certificates that are signed by it; openssl(1), req and x509. */
const certificates = `
printf '[req]\\ndistinguished_name=name\\nx509_extensions=authority\\n[name]\\n[authority]\\nbasicConstraints=critical,CA:TRUE\\n' >request.cnf
authority() {
	openssl req -x509 -config request.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \\
		-subj "/CN=$1" -keyout "$1.key" -out "$1.crt"
}
pair() {
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr"
	echo "subjectAltName=$3" >"$1.ext"
	openssl x509 -req -in "$1.csr" -CA "$2.crt" -CAkey "$2.key" -CAcreateserial -extfile "$1.ext" -days "$4" -out "$1.crt"
}
authority authority
authority internal-authority
pair git authority DNS:git.example.org,DNS:behind.example.org 3650
pair internal internal-authority DNS:internal.example.org 3650
pair github authority DNS:github.com,DNS:api.github.com 3650
pair expired authority DNS:expired.example.org 0
cp authority.crt /usr/local/share/ca-certificates/forge.crt
update-ca-certificates
`;

const prepare = `
set -eu
mkdir -p ${folder}
cd ${folder}
${certificates}
ssh-keygen -q -t ed25519 -N '' -C forge -f host_key
: >authorized_keys
useradd --system --create-home --home-dir ${repositories} --shell /usr/bin/git-shell git
usermod --password '*' git
for name in public/project private/project; do
	git init -q --bare --initial-branch=main ${repositories}/$name.git
	commit=$(echo "First commit" | GIT_AUTHOR_NAME=Alice GIT_AUTHOR_EMAIL=alice@example.org \\
		GIT_COMMITTER_NAME=Alice GIT_COMMITTER_EMAIL=alice@example.org \\
		GIT_AUTHOR_DATE='1767225600 +0000' GIT_COMMITTER_DATE='1767225600 +0000' \\
		git -C ${repositories}/$name.git commit-tree $(git -C ${repositories}/$name.git write-tree))
	git -C ${repositories}/$name.git update-ref refs/heads/main "$commit"
done
git init -q --bare --initial-branch=main ${repositories}/public/empty.git
chown -R git ${repositories}
${Object.entries(addresses)
	.map(([name, address]) => `echo '${address} ${name}' >>/etc/hosts`)
	.join('\n')}
echo 'nameserver ${nameServer}' >/etc/resolv.conf
# What is sent to the loopback interface with a foreign address is dropped without an answer.
ip route add 192.0.2.0/24 dev lo
systemctl stop ssh.service
mkdir -p /run/sshd
sed 's/^ListenAddress .*/ListenAddress ${addresses['strict.example.org']}/' sshd_config >strict_config
# Since OpenSSH 9.8 that is the default (sshd_config(5), PerSourcePenalties).
if /usr/sbin/sshd -t -f sshd_config -o PerSourcePenalties=no 2>/dev/null; then echo PerSourcePenalties no >>sshd_config; fi
# Debian 13 has a file there, which is a situation of its own.
rm -f /etc/ssh/ssh_config.d/*
chown -R git ${folder}
systemd-run --quiet --unit=forge-ssh /usr/sbin/sshd -D -e -f ${folder}/sshd_config
systemd-run --quiet --unit=forge-strict-ssh /usr/sbin/sshd -D -e -f ${folder}/strict_config
systemd-run --quiet --unit=forge --property=User=git --property=AmbientCapabilities=CAP_NET_BIND_SERVICE \\
	node ${folder}/server.mjs ${folder}/server.json
`;

/** A script as root, whose failure is an error. */
export const asRoot = async (machine: Machine, script: string): Promise<string> => {
	const {exitCode, stdout, stderr} = await machine.run(['sh', '-c', script]);
	if (exitCode !== 0) throw new Error(`${script}\nended with exit status ${exitCode}\n${stdout}${stderr}`);
	return stdout;
};

/** A script in a session of alice, whose failure is an error. */
export const asAlice = async (machine: Machine, script: string): Promise<string> => {
	const {exitCode, stdout, stderr} = await machine.run(['sh', '-c', script], {as: 'alice'});
	if (exitCode !== 0) throw new Error(`${script}\nended with exit status ${exitCode}\n${stdout}${stderr}`);
	return stdout;
};

const listens = (machine: Machine, address: string, port: number): Promise<true | undefined> =>
	machine
		.run(['ss', '--no-header', '--listening', '--tcp', '--numeric', `src ${address}:${port}`])
		.then(({stdout}) => stdout !== '' || undefined);

/**
 * Sets up a forge on a booted machine: git over SSH and HTTPS, proxies, a name server that knows no name. alice has no
 * key and no login yet.
 */
export const openForge = async (machine: Machine): Promise<void> => {
	await machine.copyIn(new URL('server.mjs', import.meta.url).pathname, `${folder}/server.mjs`);
	await machine.writeFile(`${folder}/server.json`, JSON.stringify(configuration));
	await machine.writeFile(`${folder}/sshd_config`, sshd);
	await asRoot(machine, prepare);
	await waitUntil('the forge listened', async () => {
		const all = [
			listens(machine, '127.0.0.2', 22),
			listens(machine, '127.0.0.2', 443),
			listens(machine, '127.0.0.5', 3129),
		];
		return (await Promise.all(all)).every(Boolean) || undefined;
	});
};
