import {expect, test} from '@jest/globals';
import {asAgent} from '../../../../src/platform/launchd/agent/as-agent.ts';
import {defaultSettings} from '../../../../src/settings/options.ts';
import {agents, loaded, mac} from '../../../support/mac.ts';
import {simulateMac} from '../../../support/simulated-mac.ts';

const settings = {
	...defaultSettings({vira: '/vira', nix: true}),
	environment: {NIX_CONFIG: 'a = 1\nb = 2', EDITOR: 'vi'},
};

const variablesOf = async (variables: Readonly<Record<string, string>>, isRunning = true) => {
	const facts = mac({mac: {agents: agents({gui: loaded({variables})})}});
	return (await asAgent(await simulateMac(), facts, {settings, isRunning})).variables;
};

test('the variables of a running agent are those that launchctl prints, whole where they have more lines', async () => {
	const printed = {PATH: '/usr/bin', NIX_CONFIG: 'a = 1', EDITOR: 'ed'};
	expect(await variablesOf(printed)).toMatchObject({...printed, NIX_CONFIG: 'a = 1\nb = 2'});
});

test.each<[string, Readonly<Record<string, string>>, boolean]>([
	['for the next start', {PATH: '/usr/bin', EDITOR: 'ed'}, false],
	['if launchctl printed none', {}, true],
])('they are those of the settings %s', async (_, printed, isRunning) => {
	expect(await variablesOf(printed, isRunning)).toMatchObject(settings.environment);
});
