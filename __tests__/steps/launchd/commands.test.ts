import {expect, test} from '@jest/globals';
import {launchd} from '../../../src/steps/launchd/launchd.ts';
import {mac} from '../../support/mac.ts';

const loaded = {
	known: 'loaded',
	agent: {state: 'running', pid: 9, runs: 1, lastExit: undefined, path: '/x.plist', pended: false},
} as const;
const absent = {known: 'not-loaded'} as const;

test('a person is given commands for the domain that the service is in', () => {
	const {commands} = launchd(mac({mac: {agents: {gui: absent, user: loaded, system: absent}}}));
	expect(commands.stop).toEqual(['launchctl', 'bootout', 'user/501/org.vira.service']);
	expect(commands.status({domain: 'gui'})).toEqual(['launchctl', 'print', 'gui/501/org.vira.service']);
	expect(commands.status({domain: 'user'})).toEqual(['launchctl', 'print', 'user/501/org.vira.service']);
});
