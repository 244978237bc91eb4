import type {Fix, Notice} from '../../notice.ts';
import {commandText} from '../command-text.ts';
import type {AgentOwner, Mac} from './facts.ts';
import {agentIn} from './agent/agent-state.ts';
import {storeSoon} from './diagnosis/diagnosis.ts';
import {daemonPath} from './launchctl.ts';

/** A daemon keeps running without its file, until a reboot. One that runs as this person is ours to replace. */
const loadedDaemon = ({mac: {agents}, user}: Mac): AgentOwner | undefined => {
	const daemon = agentIn(agents, 'system');
	if (!daemon || daemon.userName === user.name) return undefined;
	return {by: 'system-unit', path: daemon.path ?? daemonPath, target: undefined};
};

const ownerNames: Readonly<Record<AgentOwner['by'], string>> = {
	'home-manager': 'Home Manager',
	'nix-darwin': 'nix-darwin',
	link: 'someone else',
	'system-agent': 'the system, for all users',
	'system-unit': 'the system, as a daemon',
	unseen: 'Home Manager or nix-darwin, it seems',
};

const fixesForHomeManager = (generation: string | undefined): readonly Fix[] => [
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
];

const fixesFor = ({by, path, generation}: AgentOwner): readonly Fix[] => {
	const remove = commandText(['rm', path]);
	switch (by) {
		case 'home-manager':
			return fixesForHomeManager(generation);
		case 'nix-darwin':
			return [
				{
					say: 'Remove it from your nix-darwin configuration (launchd.user.agents, launchd.agents or launchd.daemons) and switch to it, then run vira-setup again.',
				},
				{say: 'If you no longer use nix-darwin, delete the file:'},
				{say: '', command: path.startsWith('/Library/') ? `sudo ${remove}` : remove},
			];
		case 'link':
			return [{say: 'If you no longer need the link, delete it:', command: remove}];
		case 'system-agent':
			return [
				{
					say: 'If you no longer need that agent, remove it first:',
					command: `launchctl bootout gui/$(id -u)/org.vira.service && sudo ${remove}`,
				},
			];
		case 'system-unit':
			return [
				{
					say: 'Remove the daemon first, because both would use the same port:',
					command: `sudo launchctl bootout system/org.vira.service && sudo ${remove}`,
				},
			];
		case 'unseen':
			return [{say: `The Nix store is not mounted, so vira-setup cannot check this. ${storeSoon}`}];
	}
};

/** Another tool manages the service: it would undo our changes, or we would undo its changes. */
export const managedElsewhere = (facts: Mac): readonly Notice[] => {
	const owner = facts.managedBy ?? loadedDaemon(facts);
	if (!owner) return [];
	const {by, path, target} = owner;
	return [
		{
			level: 'error',
			code: 'managed-elsewhere',
			message: `A service named org.vira.service is managed by ${ownerNames[by]}.`,
			detail:
				target === undefined || target === path ? `Its file is ${path}.` : `${path} is a link to ${target}.`,
			fixes: fixesFor(owner),
		},
	];
};
