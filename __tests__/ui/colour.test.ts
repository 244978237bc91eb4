import {expect, test} from '@jest/globals';
import {wantsColour} from '../../src/ui/output.ts';

test.each([
	[{}, true, true],
	[{}, false, false],
	[{NO_COLOR: '1'}, true, false],
	[{NO_COLOR: ''}, true, true],
	[{TERM: 'dumb'}, true, false],
	[{FORCE_COLOR: '1'}, false, true],
	[{FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb'}, true, true],
	[{FORCE_COLOR: '0'}, true, false],
	[{FORCE_COLOR: 'false'}, true, false],
	[{FORCE_COLOR: ''}, false, false],
])('with %j, on a terminal: %s → colors: %s', (environment, isTerminal, wanted) => {
	expect(wantsColour(environment, isTerminal)).toBe(wanted);
});
