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
	{name: 'ssh-first-contact', url, arrange: plainKey, code: 'ok'},
	{name: 'ssh-known-host', url, arrange: all(plainKey, knowHost), code: 'ok'},
	{name: 'ssh-no-key', url, arrange: knowHost, code: 'key-refused', fix: {arrange: plainKey}},
	{
		name: 'ssh-key-refused',
		url,
		arrange: all((machine) => createKey(machine), knowHost),
		code: 'key-refused',
		fix: {arrange: registerKey},
	},
	{
		name: 'ssh-passphrase',
		url,
		arrange: lockedKey,
		code: 'key-passphrase',
		fix: {
			arrange: (machine) => asAlice(machine, `ssh-keygen -q -p -P ${passphrase} -N '' -f ~/.ssh/id_ed25519`),
		},
	},
	{
		name: 'ssh-passphrase-agent',
		url,
		arrange: all(lockedKey, loadAgent),
		shell: {SSH_AUTH_SOCK: agentSocket},
		code: 'key-passphrase',
		fix: {service: {SSH_AUTH_SOCK: agentSocket}},
	},
	{
		name: 'ssh-host-key-changed',
		url,
		arrange: all(plainKey, changeHostKey),
		code: 'host-key-changed',
		fix: {arrange: (machine) => asAlice(machine, 'ssh-keygen -R git.example.org')},
	},
	{
		name: 'ssh-not-found',
		url: 'git@git.example.org:private/missing.git',
		arrange: all(plainKey, knowHost),
		code: 'not-found',
		fix: {url},
	},
	{
		name: 'ssh-key-file-readable-by-others',
		url,
		arrange: all(plainKey, knowHost, (machine) => asAlice(machine, 'chmod 644 ~/.ssh/id_ed25519')),
		code: 'key-permissions',
		fix: {arrange: (machine) => asAlice(machine, 'chmod 600 ~/.ssh/id_ed25519')},
	},
	{
		name: 'ssh-config-writable-by-others',
		url,
		arrange: all(plainKey, knowHost, configure('', '666')),
		code: 'ssh-config',
		fix: {arrange: (machine) => asAlice(machine, 'chmod 600 ~/.ssh/config')},
	},
	{
		name: 'ssh-config-damaged',
		url,
		arrange: all(plainKey, knowHost, configure('Hots git\n')),
		code: 'ssh-config',
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
		code: 'ssh-config',
		fix: {serviceConfig: {PrivateTmp: 'no'}},
	},
	{
		// A server that answers no more after a few refusals, since OpenSSH 9.8.
		name: 'ssh-refused-too-often',
		url: 'git@strict.example.org:private/project.git',
		varies: true,
		arrange: all(
			(machine) => createKey(machine),
			(machine) =>
				asAlice(
					machine,
					'for time in 1 2 3 4 5; do ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new git@strict.example.org || true; done 2>/dev/null',
				),
		),
		code: chosenSuite() === 'trixie' ? 'unreachable' : 'key-refused',
	},
	{
		name: 'ssh-missing-on-path',
		url,
		arrange: all(plainKey, knowHost, withoutSsh),
		service: {PATH: '/home/alice/bin'},
		code: 'ssh-missing',
		fix: {service: {PATH: '/home/alice/bin:/usr/bin'}},
	},
	{
		name: 'ssh-no-such-host',
		url: 'git@nowhere.example.org:private/project.git',
		arrange: plainKey,
		code: 'host-not-found',
		fix: {url},
	},
	{
		name: 'ssh-refused',
		url: 'git@closed.example.org:private/project.git',
		arrange: plainKey,
		code: 'unreachable',
		fix: {url},
	},
	{
		name: 'ssh-no-route',
		url: 'git@unreachable.example.org:private/project.git',
		arrange: plainKey,
		code: 'unreachable',
		fix: {url},
	},
	{
		name: 'ssh-silent-host',
		url: 'git@silent.example.org:private/project.git',
		arrange: plainKey,
		code: 'unreachable',
		fix: {url},
	},
	{
		name: 'ssh-silent-host-given-up',
		url: 'git@silent.example.org:private/project.git',
		arrange: all(plainKey, giveUpSoon),
		code: 'unreachable',
		fix: {url},
	},
];
