import {expect, test} from '@jest/globals';
import type {Progress} from '../../../src/platform/actions/action.ts';
import {followInLines} from '../../../src/ui/words/progress-lines.ts';
import {start} from '../ink/fixture.ts';

const place = {home: '/home/alice', mask: (text: string) => text.replaceAll('s3cr3t', '•')};

const working: Progress = {
	at: 'working',
	index: 0,
	action: start,
	line: 'cloning https://u:s3cr3t@host/x',
	elapsedMs: 12_000,
};

/** The output of a long command, what is seen of Vira, and how it fails. */
const events: readonly Progress[] = [
	working,
	{at: 'checked', finding: {level: 'error', code: 'responding', message: 'It answers s3cr3t.'}},
];

async function* streamOf(all: readonly Progress[]): AsyncGenerator<Progress, undefined> {
	yield* all;
	return undefined;
}

const linesOf = async (all: readonly Progress[], waits: boolean): Promise<readonly string[]> => {
	const lines: string[] = [];
	await followInLines(streamOf(all), {...place, waits, report: (line) => lines.push(line)});
	return lines;
};

test.each([
	['to a script', () => linesOf(events, false)],
	// The first says that a command takes long, the next shows its output.
	['one question at a time', () => linesOf([working, ...events], true)],
])('secrets in progress lines are hidden: %s', async (_, told) => {
	const lines = await told();
	expect(lines).toEqual(expect.arrayContaining(['  12 s: cloning https://u:•@host/x', '! It answers •.']));
	expect(lines.join('\n')).not.toContain('s3cr3t');
});

test('with the steps of a plan, each is one line when its last action is finished; a failure names its action', async () => {
	const lines: string[] = [];
	const finished = (index: number): Progress => ({at: 'finished', index, action: start});
	const failed: Progress = {at: 'failed', index: 3, action: start, failure: {message: 'No.', exit: 5}};
	const steps = [
		{title: 'Create the service', from: 0, to: 2},
		{title: 'Start Vira', from: 2, to: 4},
	];
	const all = [finished(0), finished(1), finished(2), failed];
	await followInLines(streamOf(all), {...place, steps, report: (line) => lines.push(line)});
	expect(lines).toEqual(['✔ Create the service', '✖ Run systemctl --user start vira.service']);
});
