import {expect, test} from '@jest/globals';
import type {Domain} from '../../../src/platform/macos/launchctl.ts';
import {persistenceOf} from '../../../src/steps/launchd/outlook.ts';
import {mac} from '../../support/mac.ts';

test.each<readonly [Domain, autoLogin: string | undefined, fileVault: boolean, starts: boolean]>([
	['gui', undefined, false, false],
	['gui', 'alice', false, true],
	['gui', 'bob', false, false],
	['gui', 'alice', true, false],
	['user', 'alice', false, false],
	['system', undefined, false, true],
	['system', undefined, true, false],
])(
	'%s, %s is logged in automatically, FileVault %j: starts at boot %j',
	(domain, autoLogin, fileVault, starts) => {
		expect(persistenceOf(mac({mac: {autoLogin, fileVault}}), {domain}).startsAtBoot).toBe(starts);
	},
);
