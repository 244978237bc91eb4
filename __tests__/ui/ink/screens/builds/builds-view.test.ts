import {expect, test} from '@jest/globals';
import type {BuildCheck} from '../../../../../src/steps/readiness/build-check.ts';
import {eventFor} from '../../../../../src/ui/ink/keys.ts';
import type {WizardEvent, WizardState} from '../../../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import {drawn} from '../../drawn.tsx';
import {fine, question, settings} from '../../fixture.ts';

const stopped: BuildCheck = {
	group: 'nix',
	level: 'error',
	code: 'daemon-silent',
	message: 'The Nix daemon does not respond.',
	fixes: [{say: 'restarts it', command: 'sudo systemctl restart nix-daemon.service'}],
};

const proxy: BuildCheck = {
	group: 'environment',
	level: 'warning',
	code: 'shell-only-variables',
	message: 'Your shell has variables that the service does not have: https_proxy=http://p.',
	variables: {https_proxy: 'http://p'},
};

const git = (name: string, rest: Partial<BuildCheck> = {}): WizardEvent => ({
	type: 'build-known',
	part: {
		group: 'repositories',
		item: name,
		checks: [
			{
				group: 'repositories',
				level: 'ok',
				code: 'repository-ready',
				message: `git can read ${name}`,
				...rest,
			},
		],
	},
});

const known = (...checks: readonly BuildCheck[]): readonly WizardEvent[] =>
	checks.map((check) => ({type: 'build-known', part: {group: check.group, checks: [check]}}));

const repositories = {web: 'https://git.example.org/web', app: 'https://git.example.org/app'};

const after = (size: WizardState['size'], ...events: readonly WizardEvent[]): WizardState => {
	const start = {...settings, repositories};
	const asked: WizardEvent = {type: 'asked', question: question({advice: fine, start})};
	return [asked, {type: 'builds-begun', settings: start} as const, ...events].reduce<WizardState>(
		wizardAfter,
		firstState(size),
	);
};

const wide = {columns: 80, rows: 24};
const low = {columns: 40, rows: 12};
const over: WizardEvent = {type: 'builds-over'};
const opened: WizardEvent = {type: 'builds-opened'};

test.each([
	['that nothing is known yet', [], '  Builds: not checked yet'],
	['that all is well', [git('web'), over], '✔ Builds: ready'],
	[
		'the first thing that is amiss, and the key that shows all',
		[...known(proxy, stopped), over],
		'✖ Builds: The Nix daemon does not respond (and 1 more)  b shows why',
	],
] as const)('the form says in a line: %s', (_, events, line) => {
	expect(drawn(after(wide, ...events)).body).toContain(line);
});

test.each([wide, low])('a key shows each group, with what to do, at %j', (size) => {
	const state = after(size, ...known(stopped, proxy), git('web'), git('app'), over, opened);
	const text = drawn(state).after({type: 'scrolled', by: -Infinity}).body.join(' ').replaceAll(/\s+/gu, ' ');
	expect(text).toMatch(
		/^Nix ✖ The Nix daemon does not respond\. sudo systemctl restart nix-daemon\.service/u,
	);
	expect(drawn(after(wide, git('web'), git('app'), over, opened)).body).toEqual([
		'Repositories',
		'✔ git can read 2 repositories',
	]);
});

test('Enter gives the service what only the shell has, and Esc leads back to the form', () => {
	const state = after(wide, ...known(proxy), over, opened);
	expect(drawn(state).body).toContain('› Add https_proxy to the service');
	const enter = eventFor({key: 'enter'}, state);
	const added = wizardAfter(state, enter ?? over);
	expect(added.form?.settings.environment).toEqual({https_proxy: 'http://p'});
	expect(wizardAfter(added, eventFor({key: 'escape'}, added) ?? over).screen.at).toBe('options');
});

test('the answer for a repository is shown beside it, until its URL changes', () => {
	const open: WizardEvent = {type: 'formed', event: {form: 'open'}};
	const base = after(
		wide,
		git('web'),
		git('app', {level: 'error', message: 'app: no such repository.'}),
		over,
	);
	const form = base.form && {...base.form, focus: 'repositories' as const, open: ['builds'] as const};
	const state = wizardAfter({...base, form}, open);
	expect(drawn(state).body.join('\n')).toMatch(
		/web=https:\/\/git\.example\.org\/web {2}✔\n {6}app=\S+\n {4}! app: no such repository\./u,
	);
	const edited = (['change', 'keep'] as const).reduce<WizardState>(
		(now, item) =>
			wizardAfter(
				wizardAfter(now, {type: 'formed', event: {form: 'items', event: {item}}}),
				item === 'change' ? {type: 'formed', event: {form: 'edit', edit: {insert: '2'}}} : over,
			),
		state,
	);
	expect(drawn(edited).body.join('\n')).toMatch(/web=https:\/\/git\.example\.org\/web2\n/u);
});
