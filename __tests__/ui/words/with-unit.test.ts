import {expect, test} from '@jest/globals';
import {withUnit} from '../../../src/ui/words/describe.ts';
import {defaultSettings, type Settings} from '../../../src/settings/options.ts';
import {differenceLines} from '../../../src/ui/reports/status-lines.ts';
import {summaryText} from '../../../src/ui/plain/answers.ts';

const defaults = defaultSettings({vira: '/v'});

const kept = (jobRetentionDays: number): Settings => ({...defaults, jobRetentionDays});

test.each([
	['14', '14 days'],
	['1', '1 day'],
	['0', 'forever'],
	['', ''],
	['x', 'x'],
])('finished jobs are kept: %j is shown as %j', (text, shown) => {
	expect(withUnit('jobRetentionDays', text)).toBe(shown);
	expect(withUnit('port', text)).toBe(text);
});

test('a summary and a list of changes show the unit', () => {
	expect(summaryText('jobRetentionDays', defaults)).toBe('14 days');
	expect(differenceLines(kept(30), defaults)).toEqual(['Keep finished jobs  30 days']);
	expect(differenceLines(kept(0), defaults)).toEqual(['Keep finished jobs  forever']);
});
