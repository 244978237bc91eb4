import {expect, test} from '@jest/globals';
import type {Facts} from '../../../src/platform/facts.ts';
import type {Settings} from '../../../src/settings/options.ts';
import type {Action} from '../../../src/platform/actions/action.ts';
import type {FileBefore} from '../../../src/platform/actions/action-kind.ts';
import {plan} from '../../../src/steps/plan/plan.ts';
import {planSteps} from '../../../src/steps/plan/plan-steps.ts';
import {parseReceipt} from '../../../src/platform/installed/receipt.ts';
import type {Existing} from '../../../src/platform/installed/situation.ts';
import {describeAction} from '../../../src/ui/words/describe.ts';
import {debian, settings, situation} from '../../support/situation.ts';

const told = (actions: readonly Action[]): readonly string[] =>
	actions.map((action) => describeAction(action, '/home/alice'));

/** What is on disk after a plan was carried out. */
const existingAfter = (actions: readonly Action[]): Partial<Existing> => {
	const files = new Map<string, FileBefore>();
	for (const action of actions) {
		if (action.does === 'write-file') files.set(action.path, {content: action.content, mode: action.mode});
	}
	const receipt = files.get('/home/alice/.local/state/vira-setup/receipt.json');
	return {files, receipt: receipt && parseReceipt(receipt.content), saved: {given: new Map(), unknown: {}}};
};

const running: Facts = debian({
	linux: {lingering: true},
	service: {active: 'active', enabled: true, mainPid: 10},
});
const installed = existingAfter(plan(settings(), situation()));
const planned = (
	changes: Partial<Settings>,
	facts: Facts = running,
	existing: Partial<Existing> = installed,
) => plan(settings(changes), situation({facts, existing}));

test('a first installation: lingering, folders, files, service', () => {
	const site = {
		missingFolders: ['/home/alice/.local/state/vira-setup', '/home/alice/.local/share/vira/state'],
	};
	expect(told(plan(settings({repositories: {a: 'https://x'}}), situation({site})))).toEqual([
		'Create ~/.local/state/vira-setup',
		'Create ~/.local/state/vira-setup/receipt.json',
		'Turn on lingering',
		'Wait for the systemd user manager',
		'Check that lingering is on',
		'Create ~/.local/share/vira/state',
		'Create ~/.config/vira-setup/settings.json',
		'Create ~/.config/vira-setup/initial-state.json',
		'Create ~/.config/systemd/user/vira.service',
		'Enable automatic start',
		'Clear earlier failures',
		'Start Vira',
		'Change ~/.local/state/vira-setup/receipt.json',
	]);
});

test('planning again, when everything is as planned, gives nothing', () => {
	expect(planned({})).toEqual([]);
});

test('a changed setting of a running service: back up, stop, change, start', () => {
	expect(told(planned({port: 8443}))).toEqual([
		'Change ~/.local/state/vira-setup/receipt.json',
		'Create ~/.local/state/vira-setup/versions/vira.571f0a36cdea.service',
		'Create ~/.local/state/vira-setup/versions/settings.f33d3af20702.json',
		'Stop Vira',
		'Change ~/.config/vira-setup/settings.json',
		'Change ~/.config/systemd/user/vira.service',
		'Clear earlier failures',
		'Start Vira',
		'Change ~/.local/state/vira-setup/receipt.json',
	]);
});

test('a setting that the service does not use restarts nothing', () => {
	expect(told(planned({linger: false}))).toEqual([
		'Change ~/.local/state/vira-setup/receipt.json',
		'Create ~/.local/state/vira-setup/versions/settings.f33d3af20702.json',
		'Change ~/.config/vira-setup/settings.json',
		'Change ~/.local/state/vira-setup/receipt.json',
	]);
});

test('removing the last repository removes the file that named it', () => {
	const before = existingAfter(plan(settings({repositories: {a: 'https://x'}}), situation()));
	expect(told(planned({}, running, before))).toContain('Remove ~/.config/vira-setup/initial-state.json');
});

test.each([
	['stopped', {active: 'inactive', enabled: true}, ['reset-failed', 'start']],
	['failed', {active: 'failed', enabled: true}, ['reset-failed', 'start']],
	['not enabled', {active: 'active', enabled: false}, ['enable']],
] as const)('a service that is %s is started again without a change of files', (_, service, verbs) => {
	const commands = planned({}, debian({linux: {lingering: true}, service})).flatMap((action) =>
		action.does === 'run' ? [action.command[2]] : [],
	);
	expect(commands).toEqual(verbs);
});

test('if the user manager does not respond yet, a service that it may start is stopped before its file changes', () => {
	const silent = debian({linux: {userManager: {answers: false, why: ''}}, service: {active: 'unknown'}});
	const commands = planned({port: 8443}, silent).flatMap((action) =>
		action.does === 'run' ? [action.command.at(-2)] : [],
	);
	expect(commands).toEqual(['enable-linger', 'stop', 'enable', 'reset-failed', 'start']);
});

test('a run that was killed halfway is completed by the next, and the manager is reloaded', () => {
	const pending = {
		...installed,
		receipt: installed.receipt && ({...installed.receipt, state: 'pending'} as const),
	};
	expect(told(planned({}, running, pending))).toEqual([
		'Change ~/.local/state/vira-setup/receipt.json',
		'Stop Vira',
		'Make systemd read the service files',
		'Clear earlier failures',
		'Start Vira',
		'Change ~/.local/state/vira-setup/receipt.json',
	]);
});

test('a file that others can read is rewritten, and Vira keeps running', () => {
	const unit = '/home/alice/.config/systemd/user/vira.service';
	const files = new Map(installed.files);
	files.set(unit, {content: files.get(unit)?.content ?? '', mode: 0o644});
	const actions = planned({}, running, {...installed, files});
	expect(told(actions)).toEqual([
		'Change ~/.local/state/vira-setup/receipt.json',
		'Change ~/.config/systemd/user/vira.service',
		'Change ~/.local/state/vira-setup/receipt.json',
	]);
	expect(planSteps(actions, running).map(({title}) => title)).toEqual([
		'Correct the permissions of the files',
	]);
});

test('the receipt remembers that we turned on lingering, over later changes', () => {
	const receiptOf = (actions: readonly Action[]) => existingAfter(actions).receipt;
	expect(installed.receipt?.lingerEnabled).toBe(true);
	expect(receiptOf(planned({port: 8443}))?.lingerEnabled).toBe(true);
	expect(
		receiptOf(plan(settings(), situation({facts: debian({linux: {lingering: true}})})))?.lingerEnabled,
	).toBe(false);
});

test('if systemd has loaded another text than the file, it reloads and the service restarts', () => {
	const stale = debian({
		linux: {lingering: true},
		service: {active: 'active', enabled: true, mainPid: 10, needsReload: true},
	});
	const verbs = planned({}, stale).flatMap((action) => (action.does === 'run' ? [action.command[2]] : []));
	expect(verbs).toEqual(['stop', 'daemon-reload', 'reset-failed', 'start']);
});
