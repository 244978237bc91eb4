import {expect, jest, test} from '@jest/globals';
import fc from 'fast-check';
import {isEnding} from '../../../../src/simulator/macos/launchd/service-life.ts';
import {agentPath, gui, label, macIn, type MacSimulation} from '../../../support/simulated-mac.ts';
import {diagnosisOf, exit, remove, second, type, type Incident} from '../../../support/mac-incidents.ts';
import {macSetUp} from '../../../support/mac-setup.ts';
import {copyOf} from '../../../support/disks.ts';
import {loopLimitMs} from '../../../support/limits.ts';

jest.setTimeout(loopLimitMs);

const incidents: Readonly<Record<string, Incident>> = {
	boot: ({events}) => events.boot(),
	login: ({events}) => events.guiLogin(),
	logout: ({events}) => events.guiLogout(),
	ssh: ({events}) => events.sshLogin(),
	'ends well': exit(0),
	'ends badly': exit(1),
	'is killed': ({events}) => events.procExit(gui, {how: 'signal', signal: 9}),
	'off by command': type(`disable user/501/${label}`),
	'on by command': type(`enable user/501/${label}`),
	'turned off in Login Items': ({events}) => events.toggleLoginItem(label, 'off'),
	'turned on in Login Items': ({events}) => events.toggleLoginItem(label, 'on'),
	bootout: type(`bootout ${gui}`),
	'is told to end': (machine) => machine.run(['/bin/launchctl', 'bootout', gui]),
	bootstrap: type(`bootstrap gui/501 ${agentPath}`),
	'a second one': second,
	'no file': (machine) => machine.deleteFile(agentPath),
	'no logs': remove('/Users/alice/Library/Logs'),
	'no folder': remove('/Users/alice/.local/share/vira/state'),
	// What runs from a volume keeps it mounted.
	'no Nix': async ({events}) => {
		const {services} = await events.mac();
		if (Object.values(services).every(({process}) => !process)) await events.unmountNix();
	},
	'Nix again': ({events}) => events.mountNix(),
	'puts off': ({events}) => events.behave(label, {pendOnBootstrap: true, pendOnRestart: true}),
	'goes on': ({events}) => events.behave(label, {pendOnBootstrap: false, pendOnRestart: false}),
	later: (machine) => machine.sleep(12_000),
};

/** Whether Vira runs where it was set up, alone, and would restart: or is no longer set up. */
const isAsItShouldBe = async (machine: MacSimulation): Promise<boolean> => {
	const {services, overrides} = await machine.events.mac();
	const loaded = Object.values(services).filter((service) => service.label === label);
	const [only] = loaded;
	if (!only) return (await machine.inspect(agentPath)) === undefined;
	return (
		loaded.length === 1 &&
		only.path === agentPath &&
		(await machine.inspect(agentPath)) !== undefined &&
		only.process !== undefined &&
		!isEnding(only) &&
		overrides['501']?.[label] !== 'disabled'
	);
};

test('whatever happens to a Mac, a diagnosis appears if and only if Vira is not healthy', async () => {
	const setUp = (await macSetUp()).folder;
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom(...Object.keys(incidents)), {minLength: 1, maxLength: 6}),
			async (names) => {
				const machine = await macIn(copyOf(setUp));
				for (const name of names) await incidents[name]?.(machine);
				const found = await diagnosisOf(machine);
				expect([names, found?.code ?? 'nothing']).toEqual([
					names,
					(await isAsItShouldBe(machine)) ? 'nothing' : (found?.code ?? 'something'),
				]);
			},
		),
		{numRuns: 60},
	);
});
