import {describe, expect, test} from '@jest/globals';
import {lingers, useMachine, pageAt, pageSoonAt, pictureOf, timeLimitMs} from '../support/alice.ts';
import {keys, type Screen} from '../../scripts/terminal/screen.ts';
import {thenTell, watch} from '../support/terminal.ts';

const url = 'https://localhost:5005/';

const onMachine = useMachine();

const openWizard = (): Screen => watch(onMachine().terminal(thenTell(['vira-setup'])));

/** How each screen can be recognized, in order; Enter leads from one to the next. */
const screens = ['Turn it on', 'Hostname', 'Reachable from', '[4 Install]'] as const;

const goTo = async (screen: Screen, last: (typeof screens)[number]): Promise<void> => {
	for (const title of screens) {
		await screen.shows(title);
		if (title === last) return;
		screen.press(keys.enter);
	}
};

test(
	'the wizard, with Enter at most four times, ends with a service that responds after logout and after a reboot',
	async () => {
		const machine = onMachine();
		const screen = openWizard();
		await goTo(screen, '[4 Install]');
		expect((await screen.shows('told')).includes('ended with 0')).toBe(true);
		expect(screen.history).toContain('✔ Vira is set up.');
		expect(screen.isRestored).toBe(true);
		expect([await pageAt(machine, url), await lingers(machine)]).toEqual(['200', true]);
		await machine.endSessions();
		expect(await pageAt(machine, url)).toBe('200');
		await machine.reboot();
		expect(await pageSoonAt(machine, url)).toBe('200');
	},
	timeLimitMs,
);

describe('leaves the machine unchanged and the terminal usable', () => {
	test.each(screens)(
		'Ctrl-C on the screen with "%s"',
		async (title) => {
			const machine = onMachine();
			const before = await pictureOf(machine);
			const screen = openWizard();
			await goTo(screen, title);
			screen.press(keys.ctrlC);
			expect(await screen.shows('told')).toContain('ended with 130');
			expect(screen.isRestored).toBe(true);
			expect(await pictureOf(machine)).toEqual(before);
		},
		timeLimitMs,
	);

	test(
		'a terminal that closes in the middle of the installation',
		async () => {
			const machine = onMachine();
			const before = await pictureOf(machine);
			const screen = openWizard();
			await goTo(screen, '[4 Install]');
			screen.close();
			await machine.run(['sh', '-c', 'while pgrep -f "/[v]ira-setup" >/dev/null; do :; done']);
			expect(await pictureOf(machine)).toEqual(before);
		},
		timeLimitMs,
	);
});
