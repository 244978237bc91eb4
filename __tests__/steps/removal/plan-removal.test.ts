import {expect, test} from '@jest/globals';
import type {LinuxMachine} from '../../../src/platform/systemd/facts.ts';
import {mayDisableLinger, planRemoval, type RemovalChoices} from '../../../src/steps/removal/plan-removal.ts';
import {leftBehind} from '../../../src/steps/removal/leftovers.ts';
import type {Footprint, OwnFile} from '../../../src/steps/removal/installed-files.ts';
import type {Receipt} from '../../../src/platform/installed/receipt.ts';
import {describeAction} from '../../../src/ui/words/describe.ts';
import {debian, settings} from '../../support/situation.ts';

const home = '/home/alice';
const unit = `${home}/.config/systemd/user/vira.service`;
const settingsFile = `${home}/.config/vira-setup/settings.json`;
const stateFolder = `${home}/.local/share/vira/state`;

const receipt: Receipt = {
	schema: 1,
	state: 'complete',
	at: '2026-03-01T09:00:00.000Z',
	lingerEnabled: true,
	files: {},
	folders: [],
	stateFolder,
};

const own = (path: string, is: 'ours' | 'changed' = 'ours'): OwnFile => ({
	path,
	is,
	before: {content: 'text\n', mode: 0o600},
});

const folder = (path: string, ...names: readonly string[]) => ({path: `${home}/${path}`, mode: 0o700, names});

const footprint = (change: Partial<Footprint> = {}): Footprint => ({
	receipt,
	isObscure: false,
	record: {path: `${home}/.local/state/vira-setup/receipt.json`, before: {content: '{}', mode: 0o600}},
	files: [own(settingsFile), own(unit)],
	folders: [
		folder('.config/systemd', 'user'),
		folder('.config/systemd/user', 'vira.service', 'default.target.wants'),
		folder('.config/vira-setup', 'settings.json'),
		folder('.local/share/vira', 'state'),
		folder('.local/share/vira/state', 'ViraState', 'workspace'),
		folder('.local/state/vira-setup', 'receipt.json'),
	],
	links: [],
	built: [],
	states: [{path: stateFolder, parts: ['ViraState', 'workspace'], others: [], untouchable: undefined}],
	logFile: undefined,
	logLink: undefined,
	strangers: [],
	unrecorded: [],
	ties: {
		startLink: {
			path: `${home}/.config/systemd/user/default.target.wants/vira.service`,
			target: unit,
			folder: {path: `${home}/.config/systemd/user/default.target.wants`, mode: 0o755},
		},
		lingeringFor: [],
		dropIns: [],
	},
	settings: settings(),
	...change,
});

const running = debian({
	linux: {lingering: true},
	service: {active: 'active', enabled: true, mainPid: 10, file: unit},
});

const gentle: RemovalChoices = {overwrite: false, purge: false, disableLinger: false};

const told = (
	change: Partial<Footprint> = {},
	choices: Partial<RemovalChoices> = {},
	facts: LinuxMachine = running,
) => {
	const {actions, forGood} = planRemoval(facts, footprint(change), {...gentle, ...choices});
	return [actions, forGood].map((some) => some.map((action) => describeAction(action, home)));
};

const left = (
	change: Partial<Footprint> = {},
	choices: Partial<RemovalChoices> = {},
	facts: LinuxMachine = running,
) => {
	const all = {...gentle, ...choices};
	const {gone} = planRemoval(facts, footprint(change), all);
	return leftBehind({facts, footprint: footprint(change), gone}, all).map(
		({path = '', what}) => `${path.replace(home, '~')}: ${what}`,
	);
};

const log = ": Vira's log, in the journal: journalctl --user-unit=vira.service";
const lingers = '~/var/lib/systemd/linger/alice: lingering stays on'.replace('~', '');
const state = "~/.local/share/vira/state: Vira's state: repositories, jobs and keys";

test('a running service: the receipt records it, service, files, folders, and the receipt last', () => {
	expect(told()).toEqual([
		[
			'Change ~/.local/state/vira-setup/receipt.json',
			'Stop Vira',
			'Disable automatic start',
			'Remove ~/.config/systemd/user/vira.service',
			'Remove ~/.config/vira-setup/settings.json',
			'Remove the folder ~/.config/vira-setup',
			'Remove the folder ~/.config/systemd/user',
			'Remove the folder ~/.config/systemd',
			'Remove ~/.local/state/vira-setup/receipt.json',
			'Remove the folder ~/.local/state/vira-setup',
		],
		[],
	]);
	expect(left()).toEqual([state, log, lingers]);
});

test('with --purge the state goes last, after every step that can fail, with its parent folders', () => {
	const [actions, forGood] = told({}, {purge: true});
	expect(actions?.at(-1)).toBe('Remove the folder ~/.config/systemd');
	expect(forGood).toEqual([
		'Delete ~/.local/share/vira/state/ViraState permanently',
		'Delete ~/.local/share/vira/state/workspace permanently',
		'Remove the folder ~/.local/share/vira/state',
		'Remove the folder ~/.local/share/vira',
		'Remove ~/.local/state/vira-setup/receipt.json',
		'Remove the folder ~/.local/state/vira-setup',
	]);
	expect(left({}, {purge: true})).toEqual([log, lingers]);
});

test.each([
	['stopped', {active: 'inactive', enabled: true}, ['disable']],
	['failed', {active: 'failed', enabled: true}, ['disable', 'reset-failed']],
	['restarting', {active: 'activating', enabled: true}, ['stop', 'disable']],
	['disabled', {active: 'active', enabled: false}, ['stop']],
	['neither running nor enabled', {active: 'inactive', enabled: false}, []],
] as const)('a service that is %s', (_, service, verbs) => {
	const facts = debian({service});
	const ties = {startLink: undefined, lingeringFor: [], dropIns: []};
	const {actions} = planRemoval(facts, footprint({ties}), gentle);
	expect(actions.flatMap((action) => (action.does === 'run' ? [action.command[2]] : []))).toEqual(verbs);
});

test('without a user manager nothing runs: only the link is deleted, and no manager is called', () => {
	const silent = debian({linux: {userManager: {answers: false, why: ''}}, service: {active: 'unknown'}});
	const {actions} = planRemoval(silent, footprint(), gentle);
	expect(actions.slice(1, 4)).toMatchObject([
		{
			does: 'delete-link',
			restore: ['ln', '--symbolic', '--force', '--no-dereference', unit, expect.any(String)],
		},
		{does: 'delete-folder', path: `${home}/.config/systemd/user/default.target.wants`},
		{does: 'delete-file', path: unit},
	]);
	expect(actions.filter((action) => action.does === 'run' || 'afterChange' in action)).toEqual([]);
});

test('a file changed by hand stays with its folder, and goes with --overwrite; the service stops either way', () => {
	const files = [own(settingsFile), own(unit, 'changed')];
	const [kept] = told({files});
	expect(kept).toEqual(expect.arrayContaining(['Disable automatic start']));
	expect(kept?.filter((line) => line.includes('.config/systemd'))).toEqual([]);
	expect(left({files})[0]).toBe(
		'~/.config/systemd/user/vira.service: changed by hand and kept: it is not enabled',
	);
	expect(told({files}, {overwrite: true})).toEqual(told());
});

test('a service that another program manages now is neither stopped nor removed', () => {
	const files: readonly OwnFile[] = [own(settingsFile), {path: unit, is: 'replaced'}];
	const managedBy = {by: 'home-manager', path: unit, target: '/nix/store/x/vira.service'} as const;
	const facts = {...running, managedBy};
	expect(told({files}, {}, facts)[0]?.filter((line) => /systemctl|\.service/u.test(line))).toEqual([]);
	expect(left({files}, {}, facts)[0]).toBe(
		'~/.config/systemd/user/vira.service: the service managed by Home Manager',
	);
});

test('a masked service is stopped and its start link removed, which systemd would leave; the mask stays', () => {
	const files: readonly OwnFile[] = [{path: unit, is: 'replaced'}];
	const facts = {
		...running,
		service: {...running.service, masked: true},
		managedBy: {by: 'link', path: unit, target: '/dev/null'} as const,
	};
	expect(told({files}, {}, facts)[0]?.slice(1, 4)).toEqual([
		'Stop Vira',
		'Remove the link ~/.config/systemd/user/default.target.wants/vira.service',
		'Remove the folder ~/.config/systemd/user/default.target.wants',
	]);
	expect(left({files}, {}, facts)[0]).toBe(
		'~/.config/systemd/user/vira.service: a link that masks the service',
	);
});

test.each([
	['we turned it on and no one else needs it', {}, running, true],
	['it was on before us', {receipt: {...receipt, lingerEnabled: false}}, running, false],
	['it is already off', {}, debian(), false],
	[
		'a timer needs it',
		{ties: {startLink: undefined, lingeringFor: ['backup.timer'], dropIns: []}},
		running,
		false,
	],
] as const)('turning off lingering is up to us: %s', (_, change, facts, may) => {
	expect(mayDisableLinger(facts, footprint(change))).toBe(may);
	const [actions] = told(change, {disableLinger: true}, facts);
	expect(actions?.includes('Turn off lingering')).toBe(may);
});

test('other uses of lingering are reported', () => {
	const ties = {startLink: undefined, lingeringFor: ['backup.timer', 'syncthing.service'], dropIns: []};
	expect(left({ties}, {disableLinger: true}).at(-1)).toBe(
		'/var/lib/systemd/linger/alice: lingering stays on: it is needed by backup.timer, syncthing.service',
	);
});

test('files of others in our folders stay, and are reported', () => {
	const folders = [
		folder('.config/vira-setup', 'settings.json', 'notes.txt'),
		folder('.local/state/vira-setup', 'receipt.json'),
	];
	expect(told({folders})[0]).not.toContain('Remove the folder ~/.config/vira-setup');
	expect(left({folders})[0]).toBe('~/.config/vira-setup/notes.txt: not created by vira-setup');
});

test.each([
	[
		'contains other files',
		{parts: ['ViraState'], others: ['photos', 'tax'], untouchable: undefined},
		['Delete ~/.local/share/vira/state/ViraState permanently'],
		"contains files that are not Vira's: photos, tax",
	],
	[
		'is a link',
		{parts: [], others: [], untouchable: 'it is a link to /mnt/big'},
		[],
		"Vira's state: repositories, jobs and keys; not deleted: it is a link to /mnt/big",
	],
])("a state folder that %s is only purged of Vira's own files", (_, found, purged, what) => {
	const change = {
		states: [{path: stateFolder, ...found}],
		folders: [folder('.local/share/vira/state', ...found.parts, ...found.others, 'x')],
	};
	const [actions = [], forGood = []] = told(change, {purge: true});
	const all = [...actions, ...forGood];
	expect(all.filter((line) => line.startsWith('Delete'))).toEqual(purged);
	expect(all).not.toContain('Remove the folder ~/.local/share/vira/state');
	expect(left(change, {purge: true})).toContain(`~/.local/share/vira/state: ${what}`);
});

test('a killed removal continues without recording again that it began', () => {
	const pending = {...receipt, state: 'pending', removing: true} as const;
	expect(told({receipt: pending, files: [{path: unit, is: 'gone'}]}, {}, debian())[0]).not.toContain(
		'Change ~/.local/state/vira-setup/receipt.json',
	);
});

test('if nothing is set up there is nothing to do, whatever is chosen', () => {
	const nothing = {receipt: undefined, record: undefined, files: [], folders: [], states: []};
	const all = {overwrite: true, purge: true, disableLinger: true};
	expect(told({...nothing, strangers: [unit]}, all)).toEqual([[], []]);
	expect(left({...nothing, strangers: [unit]}, all)).toEqual([
		'~/.config/systemd/user/vira.service: a service with the same name, not created by vira-setup',
		'/var/lib/systemd/linger/alice: lingering is on, but may not have been turned on by vira-setup; to turn it off: loginctl disable-linger alice',
	]);
});
