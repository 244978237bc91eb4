import {commandText} from '../command-text.ts';
import type {AgentOwner, Mac} from '../facts.ts';
import {daemonPath} from './launchctl.ts';
import type {Fix, Notice} from '../../notice.ts';
import {storeSoon} from './diagnosis/diagnosis.ts';

/** A daemon keeps running without its file, until a reboot. One that runs as this person is ours to replace. */
const loadedDaemon = ({mac: {agents}, user}: Mac): AgentOwner | undefined => {
	if (agents.system.known !== 'loaded' || agents.system.agent.userName === user.name) return undefined;
	const path = agents.system.agent.path ?? daemonPath;
	return {by: 'system-unit', path, target: undefined};
};

interface Told {
	readonly who: string;
	readonly fixes: readonly Fix[];
}

const homeManager = ({generation}: AgentOwner): Told => ({
	who: 'Home Manager',
	fixes: [
		{
			say: 'Set services.vira.enable = false in your Home Manager configuration and switch to it, then run vira-setup again.',
		},
		// After leaving Home Manager without its `uninstall`, there is no configuration to switch to.
		...(generation === undefined
			? []
			: [
					{say: 'If you no longer use Home Manager, delete the link to its last generation:'},
					{say: '', command: commandText(['rm', generation])},
				]),
	],
});

const nixDarwin = ({path}: AgentOwner): Told => ({
	who: 'nix-darwin',
	fixes: [
		{
			say: 'Remove it from your nix-darwin configuration (launchd.user.agents, launchd.agents or launchd.daemons) and switch to it, then run vira-setup again.',
		},
		{say: 'If you no longer use nix-darwin, delete the file:'},
		{say: '', command: commandText(path.startsWith('/Library/') ? ['sudo', 'rm', path] : ['rm', path])},
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
			return {
				who: 'someone else',
				fixes: [{say: 'If you no longer need the link, delete it:', command: remove}],
			};
		case 'system-agent':
			return {
				who: 'the system, for all users',
				fixes: [
					{
						say: 'If you no longer need that agent, remove it first:',
						command: `launchctl bootout gui/$(id -u)/org.vira.service && sudo ${remove}`,
					},
				],
			};
		case 'system-unit':
			return {
				who: 'the system, as a daemon',
				fixes: [
					{
						say: 'Remove the daemon first, because both would use the same port:',
						command: `sudo launchctl bootout system/org.vira.service && sudo ${remove}`,
					},
				],
			};
		case 'unseen':
			return {
				who: 'Home Manager or nix-darwin, it seems',
				fixes: [{say: `The Nix store is not mounted, so vira-setup cannot check this. ${storeSoon}`}],
			};
	}
};

/** Another tool manages the service: it would undo our changes, or we would undo its changes. */
export const managedElsewhere = (facts: Mac): readonly Notice[] => {
	const owner = facts.managedBy ?? loadedDaemon(facts);
	if (!owner) return [];
	const {path, target} = owner;
	const {who, fixes} = tellOf(owner);
	return [
		{
			level: 'error',
			code: 'managed-elsewhere',
			message: `A service named org.vira.service is managed by ${who}.`,
			detail:
				target === undefined || target === path ? `Its file is ${path}.` : `${path} is a link to ${target}.`,
			fixes,
		},
	];
};
