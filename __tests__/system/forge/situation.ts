import type {Machine} from '../../../scripts/machine/machine.ts';
import {asAlice, asRoot, folder} from './forge.ts';
import type {Variables} from './as-service.ts';

/** What a person does to make a repository ready. */
export interface Fix {
	readonly arrange?: (machine: Machine) => Promise<unknown>;
	/** Variables that the service gets in addition (`--environment`). */
	readonly service?: Variables;
	/** Lines of [Service], over those of the situation. */
	readonly serviceConfig?: Variables;
	/** The repository under another URL. */
	readonly url?: string;
}

/** A repository, and all that decides whether git reaches it. */
export interface Situation {
	readonly name: string;
	readonly url: string;
	readonly arrange?: (machine: Machine) => Promise<unknown>;
	/** Variables of alice's shell in addition to the usual ones. */
	readonly shell?: Variables;
	/** Variables of the service in addition to those of the unit. */
	readonly service?: Variables;
	/** Lines of [Service] that the person set. */
	readonly serviceConfig?: Variables;
	/** What the check of this repository finds. */
	readonly code: string;
	/** After it, git can read the repository; `printed`: the command that the check prints. */
	readonly fix?: Fix | 'printed';
}

/** Leaves alice without keys, logins and configuration, and the forge without her key. */
export const reset = async (machine: Machine): Promise<void> => {
	await asAlice(
		machine,
		'rm -rf ~/.ssh ~/.gitconfig ~/.git-credentials ~/.config/git ~/bin; pkill -x ssh-agent; rm -f ~/agent',
	);
	await asRoot(
		machine,
		`rm -f /etc/ssh/ssh_config.d/*; :>${folder}/authorized_keys; echo 6 >/proc/sys/net/ipv4/tcp_syn_retries; if [ -e /etc/resolv.conf.away ]; then mv /etc/resolv.conf.away /etc/resolv.conf; fi`,
	);
};

/** The URLs of the forge. */
export const over = {
	ssh: 'git@git.example.org:private/project.git',
	publicHttps: 'https://git.example.org/public/project.git',
	privateHttps: 'https://git.example.org/private/project.git',
	internalHttps: 'https://internal.example.org/public/project.git',
} as const;

/** The passphrase of alice's key, where it has one. */
export const passphrase = 'battery-staple';

/** Creates a key of alice; with ssh-keygen(1), -N '' is no passphrase. */
export const createKey = (machine: Machine, secret = ''): Promise<string> =>
	asAlice(
		machine,
		`mkdir -p -m 700 ~/.ssh && ssh-keygen -q -t ed25519 -N '${secret}' -C alice -f ~/.ssh/id_ed25519`,
	);

/** The forge lets alice's key in. */
export const registerKey = (machine: Machine): Promise<string> =>
	asRoot(machine, `cat /home/alice/.ssh/*.pub >${folder}/authorized_keys`);

/** Alice has connected to the forge before. */
export const knowHost = (machine: Machine): Promise<string> =>
	asAlice(
		machine,
		'mkdir -p -m 700 ~/.ssh && ssh-keyscan -t ed25519 git.example.org 2>/dev/null >~/.ssh/known_hosts',
	);

/** Where alice's agent listens, for SSH_AUTH_SOCK. */
export const agentSocket = '/home/alice/agent';

/** Starts an agent that outlives the session, and loads the key with its passphrase; ssh-add(1), SSH_ASKPASS_REQUIRE. */
export const loadAgent = async (machine: Machine): Promise<void> => {
	const askPass = '/home/alice/bin/passphrase';
	await machine.writeFile(askPass, `#!/bin/sh\necho ${passphrase}\n`, {mode: '755', owner: 'alice'});
	await asAlice(
		machine,
		`ssh-agent -a ${agentSocket} >/dev/null && SSH_AUTH_SOCK=${agentSocket} SSH_ASKPASS=${askPass} SSH_ASKPASS_REQUIRE=force ssh-add -q`,
	);
};

/** The kernel gives a connection up after 3 s, instead of two minutes (tcp(7)). */
export const giveUpSoon = (machine: Machine): Promise<string> =>
	asRoot(machine, 'echo 1 >/proc/sys/net/ipv4/tcp_syn_retries');

/** Does one after the other. */
export const all =
	(...steps: readonly ((machine: Machine) => Promise<unknown>)[]) =>
	async (machine: Machine): Promise<void> => {
		for (const step of steps) await step(machine);
	};
