import type {Action} from '../../src/platform/actions/action.ts';
import type {RemovalChoices} from '../../src/steps/removal/plan-removal.ts';
import type {RemovalPreview, RemovalProposal} from '../../src/steps/removal/propose-removal.ts';
import type {RemovalQuestion} from '../../src/ui/ui.ts';
import {debian} from './situation.ts';

const home = '/home/alice';

const state = {
	path: `${home}/.local/share/vira/state`,
	what: "Vira's state: repositories, jobs and keys",
};

const removal = ({overwrite, purge, disableLinger}: RemovalChoices): RemovalPreview => ({
	changes: true,
	removed: [
		{path: `${home}/.config/vira-setup/settings.json`, kind: 'file'},
		...(overwrite ? [{path: `${home}/.config/systemd/user/vira.service`, kind: 'file'} as const] : []),
		...(purge ? [{path: `${state.path}/ViraState`, kind: 'state'} as const] : []),
		{path: `${home}/.config/vira-setup`, kind: 'folder'},
	],
	changed: [
		{
			path: `${home}/.config/systemd/user/vira.service`,
			goes: overwrite,
			lines: ['[Service]', 'Nice=5'],
		},
	],
	commands: [
		{command: ['systemctl', '--user', 'stop', 'vira.service'], why: 'the service ends'},
		...(disableLinger
			? [{command: ['loginctl', 'disable-linger', 'alice'] as const, why: 'as it was before'}]
			: []),
	],
	left: purge ? [] : [{...state, byHand: ['rm', '-r', state.path]}],
	decisions: ['disableLinger', 'overwrite', 'purge'],
	notes: [
		{
			level: 'note',
			code: 'settings-deleted',
			message: 'Your settings go as well:',
			fixes: [{say: '', command: 'vira-setup export --format json'}],
		},
	],
});

const run = (title: string, ...command: readonly [string, ...string[]]): Action => ({
	does: 'run',
	command,
	title,
	why: 'as requested',
	onFailure: {message: 'It failed.', exit: 1},
});

const actions = ({overwrite, disableLinger}: RemovalChoices): readonly Action[] => {
	const remove = (path: string): Action => ({
		does: 'delete-file',
		path: `${home}/.config/${path}`,
		before: {content: '', mode: 0o600},
		why: 'remove a file',
	});
	return [
		run('Stop Vira', 'systemctl', '--user', 'stop', 'vira.service'),
		...(overwrite ? [remove('systemd/user/vira.service')] : []),
		remove('vira-setup/settings.json'),
		...(disableLinger ? [run('Turn off lingering', 'loginctl', 'disable-linger', 'alice')] : []),
	];
};

const purgeAction: Action = {does: 'purge', path: `${state.path}/ViraState`, why: "remove Vira's state"};

export const proposeRemoval = (choices: RemovalChoices): RemovalProposal => ({
	choices,
	plan: {actions: actions(choices), forGood: choices.purge ? [purgeAction] : [], gone: new Set()},
	preview: removal(choices),
	mask: (text) => text,
});

/** A service to be removed, with a unit that was changed by hand and everything to decide. */
export const removalQuestion = (change: Partial<RemovalQuestion> = {}): RemovalQuestion => ({
	facts: debian(),
	start: {overwrite: false, purge: false, disableLinger: true},
	requested: {overwrite: false, purge: false, disableLinger: false},
	propose: proposeRemoval,
	dryRun: false,
	...change,
});
