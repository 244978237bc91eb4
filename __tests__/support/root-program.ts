import {realSystem} from '../../src/platform/real/real-system.ts';
import {type Action} from '../../src/platform/actions/action.ts';
import {withRootAsked} from '../../src/platform/actions/kinds.ts';
import {apply} from '../../src/steps/execute/apply.ts';
import {inkUi} from '../../src/ui/ink/ink-ui.ts';

// Only a Mac needs root. These tests cover the way to it, which is the same on every Unix: the
// wizard's screen, the lent terminal, sudo. The folders and the owner's group are Linux's.

const {stdin, stdout, stderr, env: environment} = process;
const ending = new AbortController();
process.on('SIGINT', () => ending.abort());
const ui = inkUi({
	stdin,
	stdout,
	stderr,
	environment,
	version: '0',
	simulation: false,
	onQuit: () => ending.abort(),
});

/** The path stands in it for what root makes there. */
const touch = (path: string): Action => ({
	does: 'run',
	command: ['/usr/bin/touch', path],
	undo: ['/usr/bin/rm', '-f', path],
	asRoot: true,
	why: 'root makes a file',
	onFailure: {message: `There is no ${path}.`, exit: 5},
});

const actions = withRootAsked([touch('/root/first'), touch('/root/second')]);
const {result} = await ui.follow(apply(actions, realSystem(process, ui.lend), ending.signal));
ui.close();
stdout.write(`It is ${result}.\n`, () => process.exit(0));
