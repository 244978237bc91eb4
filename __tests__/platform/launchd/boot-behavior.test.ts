import {expect, test} from '@jest/globals';
import type {Domain} from '../../../src/platform/launchd/launchctl.ts';
import {persistenceOf} from '../../../src/platform/launchd/boot-behavior.ts';
import {mac} from '../../support/mac.ts';

test.each<
	readonly [
		Domain,
		autoLogin: string | false | undefined,
		fileVault: boolean | undefined,
		starts: boolean | undefined,
	]
>([
	['gui', false, false, false],
	['gui', 'alice', false, true],
	['gui', 'bob', false, false],
	['gui', 'alice', true, false],
	['user', 'alice', false, false],
	['system', false, false, true],
	['system', false, true, false],
	// Unreadable facts promise nothing; known ones are still reported.
	['gui', undefined, false, undefined],
	['gui', undefined, true, false],
	['gui', 'alice', undefined, undefined],
	['gui', 'bob', undefined, false],
	['gui', false, undefined, false],
	['user', undefined, undefined, false],
	['system', undefined, undefined, undefined],
	['system', undefined, false, true],
])(
	'%s, %s is logged in automatically, FileVault %j: starts at boot %j',
	(domain, autoLogin, fileVault, starts) => {
		expect(persistenceOf(mac({mac: {autoLogin, fileVault}}), {domain}).startsAtBoot).toBe(starts);
	},
);
