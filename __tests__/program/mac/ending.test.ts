import {describe, expect} from '@jest/globals';
import {testScenario} from '../../support/every-profile.ts';
import {endedOn, runningIn, runOn, setUpOn} from '../../support/mac-program.ts';
import {gui, label, launched, serviceAt, typed} from '../../support/simulated-mac.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {fixOf} from '../../support/printed-fix.ts';

describe('3: an old instance that takes 8 seconds to exit', () => {
	testScenario('is waited for, and the new one replaces it', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await machine.events.behave(label, {termDelayMs: 8000});
		expect(await endedOn(machine, '--port', '8443')).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
		expect((await serviceAt(machine))?.job.words).toContain('8443');
	});

	testScenario(
		'because another command just stopped it: it is waited for, and started again',
		async (makeMac) => {
			const machine = await setUpOn(makeMac);
			await machine.events.behave(label, {termDelayMs: 8000});
			await typed(machine, `launchctl bootout ${gui}`);
			expect(await endedOn(machine)).toEqual([0, 'updated', '']);
			expect(await launched(machine)).toEqual(runningIn('gui'));
		},
	);

	testScenario('and a bootout that exits with 0 and does nothing, at first', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await machine.events.behave(label, {failNext: {bootout: [0]}});
		expect(await endedOn(machine, '--port', '8443')).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});
});

describe('4: an old instance that outlasts every time limit', () => {
	testScenario('loses nothing, and the message says what to do; then it works', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const {files} = await pictureOf(machine);
		const {pid} = (await serviceAt(machine)) ?? {};
		await machine.events.behave(label, {termDelayMs: 600_000, killDelayMs: 600_000});
		const {code, document} = await runOn(machine, '--port', '8443');
		expect([code, document]).toMatchObject([
			5,
			{
				outcome: 'failed',
				error: {
					message: expect.stringContaining('The service did not stop within 30 seconds'),
					fixes: [`kill -9 ${pid}   kills it`, 'Then run vira-setup again.'].map(fixOf),
				},
				notUndone: [{message: expect.stringContaining('the previous one has not stopped yet')}],
			},
		]);
		expect((await pictureOf(machine)).files).toEqual(files);
		expect(await serviceAt(machine)).toMatchObject({pid, state: 'SIGKILLed'});
		await machine.events.procExit(gui, {how: 'signal', signal: 9});
		await machine.events.behave(label, {termDelayMs: 1000, killDelayMs: 0});
		expect(await endedOn(machine, '--port', '8443')).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});

	testScenario('and exits later: the old service is restored', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const before = await pictureOf(machine);
		await machine.events.behave(label, {termDelayMs: 600_000, killDelayMs: 20_000});
		const {code, document} = await runOn(machine, '--port', '8443');
		expect([code, document]).toMatchObject([5, {outcome: 'failed', notUndone: []}]);
		expect(await pictureOf(machine)).toEqual(before);
	});
});
