import {expect, test} from '@jest/globals';
import {isLingerReadBack, lingerFile} from '../../../../src/platform/systemd/lingering/lingering.ts';

test.each([
	['alice', 'alice'],
	['ann lee', 'ann lee'],
	['eve@corp', 'eve@corp'],
	['DOM\\bob', String.raw`DOM\\bob`],
	['zoë', String.raw`zo\303\253`],
	[`o'neil`, String.raw`o\'neil`],
])('the linger file of %j is %s', (name, file) => {
	expect(lingerFile({name})).toBe(`/var/lib/systemd/linger/${file}`);
});

test.each([
	['alice', 'systemd 247 (247.3-7)', true],
	['DOM\\bob', 'systemd 247 (247.3-7)', false],
	['DOM\\bob', 'systemd 249 (249.11-0ubuntu3.16)', false],
	['DOM\\bob', 'systemd 252 (252.1-1)', undefined],
	['DOM\\bob', 'systemd 252', undefined],
	['DOM\\bob', 'systemd 252 (252.39-1~deb12u1)', true],
	['DOM\\bob', 'systemd 253 (253.1-1)', true],
	['DOM\\bob', 'systemd 257 (257.8-1)', true],
	['DOM\\bob', '', undefined],
])('whether %j is found at boot by "%s": %j', (name, version, isFound) => {
	expect(isLingerReadBack({name}, version)).toBe(isFound);
});
