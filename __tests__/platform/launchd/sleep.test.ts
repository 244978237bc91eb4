import {expect, test} from '@jest/globals';
import type {MacState} from '../../../src/simulator/macos/mac-state.ts';
import {macAdvice} from '../../../src/platform/launchd/advice.ts';
import {simulateMac, typed} from '../../support/simulated-mac.ts';
import {macSetUp} from '../../support/mac-setup.ts';
import {mac} from '../../support/mac.ts';
import {run, told} from '../../support/run-command.ts';
import type {NoticeDocument} from '../../support/notices.ts';

const warned = async (sleep: MacState['sleep']): Promise<readonly NoticeDocument[]> => {
	const machine = await simulateMac();
	await machine.events.changeMac({sleep});
	const {document} = await run(machine, '--dry-run');
	return (document['warnings'] as readonly NoticeDocument[]).filter(({code}) => code === 'sleeps');
};

const message = (time: string): string =>
	`This Mac sleeps after ${time} of inactivity: while it sleeps, Vira neither responds nor builds.`;

test.each<readonly [MacState['sleep'], readonly string[]]>([
	[{minutes: 0}, []],
	[{minutes: 10}, [message('10 minutes')]],
	[{minutes: 1, preventedBy: 'powerd, caffeinate'}, [message('1 minute')]],
	[{minutes: 1, disabled: false}, [message('1 minute')]],
	[{minutes: 1, disabled: true}, []],
	// Without an answer there is no warning.
	[undefined, []],
])('pmset reports for sleep %j: %j', async (sleep, messages) => {
	expect((await warned(sleep)).map(({message}) => message)).toEqual(messages);
});

test('the suggested command keeps the Mac awake, and doctor warns of sleep until then', async () => {
	const machine = await macSetUp({mac: {sudo: 'free', sleep: {minutes: 1}}});
	const codes = async (): Promise<readonly unknown[]> =>
		((await told(machine, 'doctor'))[1]['checks'] as readonly {readonly code: string}[]).map(
			({code}) => code,
		);
	expect(await codes()).toContain('sleeps');
	const {command = ''} = (await warned({minutes: 1}))[0]?.fixes[0] ?? {};
	expect((await typed(machine, command))[0]).toBe(0);
	expect(await codes()).not.toContain('sleeps');
});

test.each([
	['15.6.1', 10, true],
	['14.2', 10, false],
	['26.1', 0, true],
])(
	'the choice of a domain on macOS %s mentions the local network and sleep',
	(version, sleepsAfter, network) => {
		const asked = macAdvice(mac({mac: {version, sleepsAfter, fileVault: true, screen: {session: 'absent'}}}));
		const choice = asked.find(({code}) => code === 'headless');
		const detail = (choice?.level === 'note' && choice.detail) || '';
		const topics = ['FileVault is on', 'local network', 'Mac sleeps'];
		expect(topics.map((topic) => detail.includes(topic))).toEqual([true, network, sleepsAfter > 0]);
	},
);
