import {expect, test} from '@jest/globals';
import type {Facts} from '../../../src/platform/facts.ts';
import {parseReceipt} from '../../../src/platform/installed/receipt.ts';
import type {Existing} from '../../../src/platform/installed/situation.ts';
import {planSteps} from '../../../src/steps/plan/plan-steps.ts';
import {plan} from '../../../src/steps/plan/plan.ts';
import type {Settings} from '../../../src/settings/options.ts';
import {debian, settings, situation} from '../../support/situation.ts';

const missingFolders = ['/home/alice/.local/state/vira-setup', '/home/alice/.local/share/vira/state'];

const first = plan(settings(), situation({site: {missingFolders}}));

const installed = (): Partial<Existing> => {
	const files = new Map(
		first.flatMap((one) =>
			one.does === 'write-file' ? [[one.path, {content: one.content, mode: one.mode}]] : [],
		),
	);
	const receipt = files.get('/home/alice/.local/state/vira-setup/receipt.json');
	return {files, receipt: receipt && parseReceipt(receipt.content), saved: {given: new Map(), unknown: {}}};
};

const running = debian({
	linux: {lingering: true},
	service: {active: 'active', enabled: true, mainPid: 10},
});

const titles = (changes: Partial<Settings>, facts: Facts = running): readonly string[] =>
	planSteps(plan(settings(changes), situation({facts, existing: installed()})), facts).map(
		({title}) => title,
	);

test('a first setup in words: lingering, settings, service, start', () => {
	expect(planSteps(first, debian()).map(({title}) => title)).toEqual([
		'Turn on lingering',
		'Save your settings',
		'Create the service',
		'Turn on automatic start',
		'Start Vira',
	]);
});

test('every action belongs to exactly one step', () => {
	const steps = planSteps(first, debian());
	expect(steps.map(({from}) => from)).toEqual([0, ...steps.slice(0, -1).map(({to}) => to)]);
	expect(steps.at(-1)?.to).toBe(first.length);
});

test('a folder belongs to the step that needs it, and a wait to the step that it confirms', () => {
	const [lingering, saving] = planSteps(first, debian());
	const ofStep = (step = {from: 0, to: 0}) => first.slice(step.from, step.to).map(({does}) => does);
	expect(ofStep(lingering).slice(-3)).toEqual(['run', 'wait-for', 'wait-for']);
	expect(ofStep(saving)[0]).toBe('make-folder');
});

test('another port of a running Vira: it is stopped, changed and started', () => {
	expect(titles({port: 6000})).toEqual([
		'Stop Vira',
		'Save your settings',
		'Change the service',
		'Start Vira',
	]);
});

test('a new repository is written to the list that Vira reads', () => {
	expect(titles({repositories: {vira: 'https://example.org/vira'}})).toContain(
		'Write the list of your repositories',
	);
});

test('a plan without a change has no steps', () => {
	expect(titles({})).toEqual([]);
});

test('packages that are built one after the other are one step', () => {
	const changes = {package: 'github:juspay/vira', extraPackages: ['nixpkgs#openssh', 'nixpkgs#gh']};
	expect(titles(changes).filter((title) => title.startsWith('Build'))).toHaveLength(1);
});
