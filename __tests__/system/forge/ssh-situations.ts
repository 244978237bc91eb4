import type {Machine} from '../../../scripts/machine/machine.ts';
import {chosenSuite} from '../../../scripts/machine/recipe.ts';
import {asAlice, asRoot} from './forge.ts';
import {
	agentSocket,
	all,
	createKey,
	giveUpSoon,
	knowHost,
	loadAgent,
	over,
	passphrase,
	registerKey,
	type Situation,
} from './situation.ts';

const plainKey = all((machine) => createKey(machine), registerKey);
const knownKey = all(plainKey, knowHost);
const lockedKey = all((machine) => createKey(machine, passphrase), registerKey, knowHost);
const url = over.ssh;

const configure =
	(text: string, mode = '600') =>
	(machine: Machine) =>
		machine.writeFile('/home/alice/.ssh/config', text, {mode, owner: 'alice'});

const changeHostKey = (machine: Machine) =>
	asAlice(
		machine,
		`ssh-keygen -q -t ed25519 -N '' -f ~/other && sed "s/^/git.example.org /" ~/other.pub >~/.ssh/known_hosts && rm ~/other*`,
	);

/** Programs of the service's PATH, except ssh. */
const withoutSsh = async (machine: Machine) => {
	await asAlice(machine, 'mkdir -p ~/bin && ln -s /usr/bin/git /usr/bin/timeout /usr/bin/sh ~/bin/');
};

export const sshSituations: readonly Situation[] = [
	{name: 'ssh-first-contact', url, arrange: plainKey, code: 'repository-ready'},
	{name: 'ssh-known-host', url, arrange: knownKey, code: 'repository-ready'},
	{name: 'ssh-no-key', url, arrange: knowHost, code: 'repository-key-refused', fix: {arrange: plainKey}},
	{
		name: 'ssh-key-refused',
		url,
		arrange: all((machine) => createKey(machine), knowHost),
		code: 'repository-key-refused',
		fix: {arrange: registerKey},
	},
	{
		name: 'ssh-passphrase',
		url,
		arrange: lockedKey,
		code: 'repository-key-passphrase',
		fix: {
			arrange: (machine) => asAlice(machine, `ssh-keygen -q -p -P ${passphrase} -N '' -f ~/.ssh/id_ed25519`),
		},
	},
	{
		name: 'ssh-passphrase-agent',
		url,
		arrange: all(lockedKey, loadAgent),
		shell: {SSH_AUTH_SOCK: agentSocket},
		code: 'repository-key-passphrase',
		fix: {service: {SSH_AUTH_SOCK: agentSocket}},
	},
	{
		name: 'ssh-host-key-changed',
		url,
		arrange: all(plainKey, changeHostKey),
		code: 'repository-host-key-changed',
		fix: 'printed',
	},
	{
		name: 'ssh-not-found',
		url: 'git@git.example.org:private/missing.git',
		arrange: knownKey,
		code: 'repository-not-found',
		fix: {url},
	},
	{
		name: 'ssh-key-file-readable-by-others',
		url,
		arrange: all(plainKey, knowHost, (machine) => asAlice(machine, 'chmod 644 ~/.ssh/id_ed25519')),
		code: 'repository-file-open',
		fix: 'printed',
	},
	{
		name: 'ssh-config-writable-by-others',
		url,
		arrange: all(plainKey, knowHost, configure('', '666')),
		code: 'repository-file-open',
		fix: 'printed',
	},
	{
		name: 'ssh-config-damaged',
		url,
		arrange: all(plainKey, knowHost, configure('Hots git\n')),
		code: 'repository-ssh-config',
		fix: {arrange: configure('')},
	},
	{
		// As on every Debian 13, with a setting of the person. A service with PrivateTmp=true is in a user namespace since a
		// newer systemd (257 is), where the files of root seem to belong to nobody.
		name: 'ssh-system-configuration',
		url,
		arrange: all(plainKey, knowHost, (machine) =>
			asRoot(machine, 'echo "# Of the system" >/etc/ssh/ssh_config.d/20-system.conf'),
		),
		serviceConfig: {PrivateTmp: 'true'},
		code: chosenSuite() === 'trixie' ? 'repository-sandboxed' : 'repository-ready',
		fix: {serviceConfig: {PrivateTmp: 'no'}},
	},
	{
		// A server that answers no more after a few refusals, since OpenSSH 9.8.
		name: 'ssh-refused-too-often',
		url: 'git@strict.example.org:private/project.git',
		arrange: all(
			(machine) => createKey(machine),
			(machine) =>
				asAlice(
					machine,
					'for time in 1 2 3 4 5; do ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new git@strict.example.org || true; done 2>/dev/null',
				),
		),
		code: chosenSuite() === 'trixie' ? 'repository-unreachable' : 'repository-key-refused',
	},
	{
		name: 'ssh-missing-on-path',
		url,
		arrange: all(plainKey, knowHost, withoutSsh),
		service: {PATH: '/home/alice/bin'},
		code: 'repository-path-in-shell',
		fix: {service: {PATH: '/home/alice/bin:/usr/bin'}},
	},
	{
		name: 'ssh-no-such-host',
		url: 'git@nowhere.example.org:private/project.git',
		arrange: plainKey,
		code: 'repository-host-unknown',
		fix: {url},
	},
	{
		name: 'ssh-refused',
		url: 'git@closed.example.org:private/project.git',
		arrange: plainKey,
		code: 'repository-unreachable',
		fix: {url},
	},
	{
		name: 'ssh-no-route',
		url: 'git@unreachable.example.org:private/project.git',
		arrange: plainKey,
		code: 'repository-unreachable',
		fix: {url},
	},
	{
		name: 'ssh-silent-host',
		url: 'git@silent.example.org:private/project.git',
		arrange: plainKey,
		code: 'repository-unreachable',
		fix: {url},
	},
	{
		name: 'ssh-silent-host-given-up',
		url: 'git@silent.example.org:private/project.git',
		arrange: all(plainKey, giveUpSoon),
		code: 'repository-unreachable',
		fix: {url},
	},
];
