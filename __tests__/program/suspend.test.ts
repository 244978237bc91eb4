import {expect, test} from '@jest/globals';
import {keys} from '../../scripts/terminal/screen.ts';
import {program, starter} from '../support/run-program.ts';
import {openShell} from '../support/terminal.ts';

const modes = 'stty -a | grep -oE -- "-?(icanon|echo)\\b" | tr "\\n" " "; echo told';

test('Ctrl-Z releases the terminal, and fg redraws the screen, whatever was printed on it', async () => {
	const screen = await openShell();
	screen.press(`"${starter}" "${program}" --simulate linux`, keys.enter);
	await screen.shows('Turn it on');
	screen.press(keys.enter);
	await screen.shows('Hostname');
	screen.press(keys.down.repeat(3), '9');
	await screen.shows('50059');
	screen.press('\u001A');
	await screen.shows('Stopped');
	expect(screen.isRestored).toBe(true);
	screen.press(modes, keys.enter);
	await screen.shows(/^(?:icanon|echo) (?:icanon|echo) told$/mu);
	screen.resize(60, 20);
	screen.press('fg', keys.enter);
	expect(await screen.shows('50059')).toMatch(/^─{60}$/mu);
	screen.press(keys.ctrlC);
	await screen.shows('Nothing was changed.');
	expect(screen.isRestored).toBe(true);
	screen.press('exit', keys.enter);
});
