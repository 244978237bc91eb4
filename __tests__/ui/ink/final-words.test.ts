import {expect, test} from '@jest/globals';
import {finalWords} from '../../../src/ui/ink/ink-ui.ts';

test('a command is left whole in a narrow terminal, and sentences are wrapped between words', () => {
	const lines = ['Its log is in the journal of systemd:', '  journalctl --user-unit=vira.service --follow'];
	const look = {colour: false, url: undefined, hyperlinks: false, columns: 20};
	expect(finalWords(lines, look)).toBe(
		'Its log is in the\njournal of systemd:\n  journalctl --user-unit=vira.service --follow\n',
	);
});
