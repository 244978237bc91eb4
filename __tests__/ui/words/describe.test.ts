import {expect, test} from '@jest/globals';
import type {Action} from '../../../src/platform/actions/action.ts';
import {commandText} from '../../../src/platform/command-text.ts';
import {describeAction, shortPath} from '../../../src/ui/words/describe.ts';
import {start, writeUnit} from '../ink/fixture.ts';

const home = '/home/alice';
const path = `${home}/.config/x`;
const before = {content: '', mode: 0o600};

test.each([
	[writeUnit, 'Create ~/.config/systemd/user/vira.service'],
	[{...writeUnit, before} as Action, 'Change ~/.config/systemd/user/vira.service'],
	[{does: 'delete-file', path, before, why: ''} as const, 'Remove ~/.config/x'],
	[{does: 'make-folder', path, mode: 0o700, why: '', undoWithContents: false} as const, 'Create ~/.config/x'],
	[{does: 'delete-folder', path, withContents: false, why: ''} as const, 'Remove the folder ~/.config/x'],
	[start, 'Run systemctl --user start vira.service'],
	[
		{
			...start,
			does: 'wait-for',
			probe: ['true'],
			until: {exitCode: 0},
			withinMs: 1,
			why: 'Wait for the systemd user manager',
		} as Action,
		'Wait for the systemd user manager',
	],
])('%j', (action, text) => {
	expect(describeAction(action, home)).toBe(text);
});

test.each([
	['/home/alice', '~'],
	['/home/alice/x', '~/x'],
	['/home/alicex', '/home/alicex'],
])('%s is %s', (long, short) => {
	expect(shortPath(long, home)).toBe(short);
});

test.each([
	[['ls', '-l', '/a=b'], 'ls -l /a=b'],
	[['echo', ''], "echo ''"],
	[['echo', 'a b', "it's", '$HOME'], String.raw`echo 'a b' 'it'\''s' '$HOME'`],
] as const)('%j as a user types it', (command, text) => {
	expect(commandText([...command])).toBe(text);
});
