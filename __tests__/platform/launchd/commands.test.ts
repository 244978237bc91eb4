import {expect, test} from '@jest/globals';
import {launchd} from '../../../src/platform/launchd/manager.ts';
import {agents, loaded, mac} from '../../support/mac.ts';

test('the suggested commands use the domain that the service is in', () => {
	const {commands} = launchd(mac({mac: {agents: agents({user: loaded()})}}));
	expect(commands.stop).toEqual(['launchctl', 'bootout', 'user/501/org.vira.service']);
	expect(commands.status({domain: 'gui'})).toEqual(['launchctl', 'print', 'gui/501/org.vira.service']);
	expect(commands.status({domain: 'user'})).toEqual(['launchctl', 'print', 'user/501/org.vira.service']);
});
