import type {Machine} from '../../../scripts/machine/machine.ts';
import {asAlice, asRoot} from './forge.ts';
import {
	agentSocket,
	all,
	createKey,
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
	{name: 'ssh-first-contact', url, arrange: plainKey, ends: ['lists', 'lists'], code: 'ok'},
	{name: 'ssh-known-host', url, arrange: all(plainKey, knowHost), ends: ['lists', 'lists'], code: 'ok'},
	{
		name: 'ssh-no-key',
		url,
		arrange: knowHost,
		ends: ['fails', 'fails'],
		code: 'key-refused',
		fix: {arrange: plainKey},
	},
	{
		name: 'ssh-key-refused',
		url,
		arrange: all((machine) => createKey(machine), knowHost),
		ends: ['fails', 'fails'],
		code: 'key-refused',
		fix: {arrange: registerKey},
	},
	{
		name: 'ssh-passphrase',
		url,
		arrange: lockedKey,
		ends: ['fails', 'fails'],
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
		ends: ['lists', 'fails'],
		code: 'key-passphrase',
		fix: {service: {SSH_AUTH_SOCK: agentSocket}},
	},
	{
		name: 'ssh-host-key-changed',
		url,
		arrange: all(plainKey, changeHostKey),
		ends: ['fails', 'fails'],
		code: 'host-key-changed',
		fix: {arrange: (machine) => asAlice(machine, 'ssh-keygen -R git.example.org')},
	},
	{
		name: 'ssh-not-found',
		url: 'git@git.example.org:private/missing.git',
		arrange: all(plainKey, knowHost),
		ends: ['fails', 'fails'],
		code: 'not-found',
		fix: {url},
	},
	{
		name: 'ssh-key-file-readable-by-others',
		url,
		arrange: all(plainKey, knowHost, (machine) => asAlice(machine, 'chmod 644 ~/.ssh/id_ed25519')),
		ends: ['fails', 'fails'],
		code: 'key-permissions',
		fix: {arrange: (machine) => asAlice(machine, 'chmod 600 ~/.ssh/id_ed25519')},
	},
	{
		name: 'ssh-config-writable-by-others',
		url,
		arrange: all(plainKey, knowHost, configure('', '666')),
		ends: ['fails', 'fails'],
		code: 'ssh-config',
		fix: {arrange: (machine) => asAlice(machine, 'chmod 600 ~/.ssh/config')},
	},
	{
		name: 'ssh-config-damaged',
		url,
		arrange: all(plainKey, knowHost, configure('Hots git\n')),
		ends: ['fails', 'fails'],
		code: 'ssh-config',
		fix: {arrange: configure('')},
	},
	{
		name: 'ssh-missing-on-path',
		url,
		arrange: all(plainKey, knowHost, withoutSsh),
		service: {PATH: '/home/alice/bin'},
		ends: ['lists', 'fails'],
		code: 'ssh-missing',
		fix: {service: {PATH: '/home/alice/bin:/usr/bin'}},
	},
	{
		name: 'ssh-no-such-host',
		url: 'git@nowhere.example.org:private/project.git',
		arrange: plainKey,
		ends: ['fails', 'fails'],
		code: 'host-not-found',
		fix: {url},
	},
	{
		name: 'ssh-refused',
		url: 'git@closed.example.org:private/project.git',
		arrange: plainKey,
		ends: ['fails', 'fails'],
		code: 'unreachable',
		fix: {url},
	},
	{
		name: 'ssh-no-route',
		url: 'git@unreachable.example.org:private/project.git',
		arrange: plainKey,
		ends: ['fails', 'fails'],
		code: 'unreachable',
		fix: {url},
	},
	{
		name: 'ssh-silent-host',
		url: 'git@silent.example.org:private/project.git',
		arrange: plainKey,
		ends: ['waits', 'waits'],
		code: 'unreachable',
		fix: {url},
	},
	{
		name: 'ssh-silent-host-given-up',
		url: 'git@silent.example.org:private/project.git',
		// So that the kernel gives up after 3 s, instead of two minutes (tcp(7)).
		arrange: all(plainKey, (machine) => asRoot(machine, 'echo 1 >/proc/sys/net/ipv4/tcp_syn_retries')),
		ends: ['fails', 'fails'],
		code: 'unreachable',
		fix: {url},
	},
];
