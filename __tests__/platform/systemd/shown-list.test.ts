import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {parseShownList} from '../../../src/platform/systemd/systemctl.ts';
import {shownList} from '../../../src/simulator/linux/systemctl-show.ts';

test.each([
	['', []],
	['/d/a.conf', ['/d/a.conf']],
	['/d/a.conf /d/grün.conf', ['/d/a.conf', '/d/grün.conf']],
	['/d/no\u00A0break\u2028.conf /d/b.conf', ['/d/no\u00A0break\u2028.conf', '/d/b.conf']],
	['"/d/my limits.conf"', ['/d/my limits.conf']],
	[
		'/d/a.conf "/d/my limits.conf" "/d/it\'s.conf" /d/z.conf',
		['/d/a.conf', '/d/my limits.conf', "/d/it's.conf", '/d/z.conf'],
	],
	[String.raw`"/d/a\"b.conf" "/d/back\\slash.conf"`, ['/d/a"b.conf', '/d/back\\slash.conf']],
	[String.raw`"/d/do\$lar.conf" "/d/tick\`.conf"`, ['/d/do$lar.conf', '/d/tick`.conf']],
	[
		String.raw`"/d/nl\nx.conf" "/d/ta\tb.conf" "/d/b\001.conf"`,
		['/d/nl\nx.conf', '/d/ta\tb.conf', '/d/b\u0001.conf'],
	],
])('systemctl prints %s for %j', (printed, paths) => {
	expect(parseShownList(printed)).toEqual(paths);
	expect(shownList(paths)).toBe(printed);
});

test('a list with any names is read unchanged', () => {
	fc.assert(
		fc.property(fc.array(fc.string({minLength: 1, unit: 'binary'})), (names) => {
			const paths = names.map((name) => `/d/${name}`);
			expect(parseShownList(shownList(paths))).toEqual(paths);
		}),
	);
});
