import {expect, test} from '@jest/globals';
import {type Action} from '../../../src/platform/actions/action.ts';
import {toJson} from '../../../src/platform/actions/kinds.ts';
import type {WriteFile} from '../../../src/platform/actions/change-file.ts';
import type {RunCommand} from '../../../src/platform/actions/run-command.ts';
import type {LoadAgent} from '../../../src/platform/launchd/agent/agent-kinds.ts';
import type {SetupOutcome} from '../../../src/steps/execute/outcome.ts';
import {documentOf} from '../../../src/ui/scripted/document.ts';
import {daemonPath} from '../../support/simulated-mac.ts';
import {facts, proposal, start, verdict} from '../ink/fixture.ts';

const failure = {message: 'It failed.', exit: 5} as const;
const failed = {outcome: 'failed', failure, notUndone: []} as const;

test.each<readonly [string, SetupOutcome, boolean]>([
	['cancelled, and undone', {outcome: 'cancelled', undone: true, notUndone: []}, false],
	['cancelled, and not undone', {outcome: 'cancelled', undone: true, notUndone: [failure]}, true],
	['failed before anything changed', {...failed, undone: false}, false],
	['failed, and undone', {...failed, undone: true}, false],
	['failed, and not undone', {...failed, undone: true, notUndone: [failure]}, true],
	['failed, and left as it is', {...failed, undone: false, proposal: {...proposal, actions: [start]}}, true],
])('whether the machine has changed: %s', (_, outcome, changed) => {
	expect(documentOf(outcome, {command: 'install', simulation: false, facts})['changed']).toBe(changed);
});

test('a page that needs a proxy opens at none of the URLs of this machine', () => {
	const behindProxy = {...proposal, settings: {...proposal.settings, basePath: '/vira/'}};
	const outcome = {outcome: 'installed', proposal: behindProxy, verdict} as const;
	const kind = {command: 'install', simulation: false, facts};
	expect(documentOf(outcome, kind)['openFrom']).toEqual({
		thisMachine: null,
		otherMachines: null,
		tunnel: null,
		proxy: {path: '/vira/', to: 'https://localhost:5005/'},
	});
	expect(documentOf({...outcome, proposal}, kind)['openFrom']).toMatchObject({
		thisMachine: 'https://localhost:5005/',
		proxy: null,
	});
});

const run: RunCommand = {does: 'run', command: ['true'], why: '', onFailure: failure};
const write: WriteFile = {
	does: 'write-file',
	path: '/x',
	mode: 0o644,
	content: '',
	before: undefined,
	why: '',
};
const load: LoadAgent = {does: 'load-agent', domain: 'system', uid: 501, path: daemonPath, why: 'starts it'};

test.each<readonly [string, Action, true | undefined]>([
	['a command of the user', run, undefined],
	['a command of root', {...run, asRoot: true}, true],
	['a file of the user', write, undefined],
	['a file of root', {...write, staged: '/tmp/x'}, true],
	['a daemon', load, true],
	['an agent', {...load, domain: 'gui'}, undefined],
])('a plan marks the steps that need root: %s', (_, action, asRoot) => {
	expect(toJson(action)['asRoot']).toBe(asRoot);
});
