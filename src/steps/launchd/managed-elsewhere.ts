import {commandText} from '../../platform/command-text.ts';
import type {AgentOwner, Mac} from '../../platform/facts.ts';
import {daemonPath} from '../../platform/macos/launchctl.ts';
import type {Refusal} from '../advice.ts';

/** A daemon goes on after its file is gone, until the next reboot. One that runs as this person is ours to replace. */
const loadedDaemon = ({mac: {agents}, user}: Mac): AgentOwner | undefined => {
	if (agents.system.known !== 'loaded' || agents.system.agent.userName === user.name) return undefined;
	const path = agents.system.agent.path ?? daemonPath;
	return {by: 'system-unit', path, target: undefined};
};

interface Told {
	readonly who: string;
	readonly fixes: readonly string[];
}

const homeManager = ({generation}: AgentOwner): Told => ({
	who: 'Home Manager',
	fixes: [
		'Set services.vira.enable = false in your Home Manager configuration and switch to it; then start vira-setup again.',
		// Whoever has left Home Manager without its `uninstall` has no configuration to switch to.
		...(generation === undefined
			? []
			: [
					'If you do not use Home Manager any more, remove the link to its last generation:',
					commandText(['rm', generation]),
				]),
	],
});

const nixDarwin = ({path}: AgentOwner): Told => ({
	who: 'nix-darwin',
	fixes: [
		'Take it out of your nix-darwin configuration (launchd.user.agents, launchd.agents or launchd.daemons) and switch to it; then start vira-setup again.',
		'If you do not use nix-darwin any more, remove the file:',
		commandText(path.startsWith('/Library/') ? ['sudo', 'rm', path] : ['rm', path]),
	],
});

const tellOf = (owner: AgentOwner): Told => {
	const {by, path} = owner;
	const remove = commandText(['rm', path]);
	switch (by) {
		case 'home-manager':
			return homeManager(owner);
		case 'nix-darwin':
			return nixDarwin(owner);
		case 'link':
			return {who: 'somebody else', fixes: [`Remove the link if it is not needed any more: ${remove}`]};
		case 'system-agent':
			return {
				who: 'the system, for everybody who logs in',
				fixes: [
					`Remove that agent first, if it is not needed any more: launchctl bootout gui/$(id -u)/org.vira.service, then sudo ${remove}`,
				],
			};
		case 'system-unit':
			return {
				who: 'the system, as a daemon',
				fixes: [
					`Remove the daemon first; two of them would fight over one port: sudo launchctl bootout system/org.vira.service, then sudo ${remove}`,
				],
			};
		case 'unseen':
			return {
				who: 'Home Manager or nix-darwin, as it seems',
				fixes: [
					'The Nix store is not mounted, so that cannot be seen. After a start of the Mac that can take a minute; then start vira-setup again.',
				],
			};
	}
};

/** The service belongs to somebody else's tool, which would undo what we do, or be undone by it. */
export const managedElsewhere = (facts: Mac): readonly Refusal[] => {
	const owner = facts.managedBy ?? loadedDaemon(facts);
	if (!owner) return [];
	const {path, target} = owner;
	const {who, fixes} = tellOf(owner);
	return [
		{
			level: 'refusal',
			code: 'managed-elsewhere',
			title: `A service named org.vira.service is managed by ${who}.`,
			detail:
				target === undefined || target === path ? `Its file is ${path}.` : `${path} is a link to ${target}.`,
			fixes,
		},
	];
};
