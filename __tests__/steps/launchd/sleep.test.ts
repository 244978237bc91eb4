import {expect, test} from '@jest/globals';
import type {MacState} from '../../../src/platform/rehearsal/launchd/mac-state.ts';
import {adviceOn} from '../../../src/steps/launchd/advice.ts';
import {simulateMac, typed} from '../../support/mac-rehearsal.ts';
import {macSetUp} from '../../support/mac-setup.ts';
import {mac} from '../../support/mac.ts';
import {run, told} from '../../support/run-command.ts';

interface Warned {
	readonly code: string;
	readonly message: string;
	readonly fixes: readonly string[];
}

const warned = async (sleep: MacState['sleep']): Promise<readonly Warned[]> => {
	const machine = await simulateMac();
	await machine.events.changeMac({sleep});
	const {document} = await run(machine, '--dry-run');
	return (document['warnings'] as readonly Warned[]).filter(({code}) => code === 'sleeps');
};

const message = (time: string): string =>
	`This Mac goes to sleep after ${time} without use: while it sleeps, Vira neither answers nor builds.`;

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
	const line = (await warned({minutes: 1}))[0]?.fixes[0] ?? '';
	expect((await typed(machine, line.replace(/ {3}.*/u, '')))[0]).toBe(0);
	expect(await codes()).not.toContain('sleeps');
});

test.each([
	['15.6.1', 10, ' Since macOS 15 an agent has to be allowed to use the local network; a daemon may.'],
	['14.2', 10, ''],
	['26.1', 0, ' Since macOS 15 an agent has to be allowed to use the local network; a daemon may.'],
])(
	'the choice of a domain on macOS %s mentions the local network and sleep',
	(version, sleepsAfter, network) => {
		const asked = adviceOn(mac({mac: {version, sleepsAfter, fileVault: true, screen: {session: 'absent'}}}));
		expect(asked.find(({code}) => code === 'headless')).toMatchObject({
			level: 'choice',
			detail: `FileVault is on: after a reboot nothing starts until somebody enters a password at the screen.${network}${sleepsAfter > 0 ? ' In none of them does Vira run while the Mac sleeps.' : ''}`,
		});
	},
);
