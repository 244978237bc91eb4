import {expect, test} from '@jest/globals';
import {announcementOn} from '../../../src/platform/launchd/boot-behavior.ts';
import {macSetUp} from '../../support/mac-setup.ts';
import {mac} from '../../support/mac.ts';
import {simulateMac} from '../../support/simulated-mac.ts';
import {run} from '../../support/run-command.ts';

const codes = (document: Readonly<Record<string, unknown>>): readonly string[] =>
	(document['warnings'] as readonly {readonly code: string}[]).map(({code}) => code);

test('before the first service the macOS notification is announced, and not before the next change', async () => {
	const first = await run(await simulateMac(), '--dry-run');
	expect(codes(first.document)).toContain('background-item');
	const next = await run(await macSetUp(), '--dry-run', '--port', '7001');
	expect([next.document['changed'], codes(next.document)]).toEqual([true, []]);
});

test.each([
	['12.7', []],
	['13.1', ['Leave it turned on in System Settings > General > Login Items.']],
	['15.3', ['Leave it turned on in System Settings > General > Login Items & Extensions.']],
])('macOS %s: %j', (version, fixes) => {
	expect(announcementOn(mac({mac: {version}})).flatMap(({fixes = []}) => fixes)).toEqual(
		fixes.map((say) => ({say})),
	);
});
