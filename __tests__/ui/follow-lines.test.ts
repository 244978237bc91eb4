import {expect, test} from '@jest/globals';
import type {Progress} from '../../src/platform/actions/progress.ts';
import {followInLines} from '../../src/ui/follow-lines.ts';
import {progressTeller} from '../../src/ui/plain/plain-ui.ts';
import {start} from './ink/fixture.ts';

const place = {home: '/home/alice', mask: (text: string) => text.replaceAll('s3cr3t', '•')};

/** The output of a long command, what is seen of Vira, and how it fails. */
const events: readonly Progress[] = [
	{at: 'working', index: 0, action: start, line: 'cloning https://u:s3cr3t@host/x', elapsedMs: 12_000},
	{at: 'checked', finding: {level: 'error', code: 'responding', message: 'It answers s3cr3t.'}},
];

async function* stream(): AsyncGenerator<Progress, undefined> {
	yield* events;
	return undefined;
}

const inLines = async (): Promise<readonly string[]> => {
	const lines: string[] = [];
	await followInLines(stream(), {...place, report: (line) => lines.push(line)});
	return lines;
};

const inPlainLines = async (): Promise<readonly string[]> => {
	const tell = progressTeller(place);
	// The first says that a command takes long, the next shows its output.
	return [events[0], ...events].flatMap((event) => (event ? tell(event) : []));
};

test.each([
	['to a script', inLines],
	['one question at a time', inPlainLines],
])('secrets in progress lines are hidden: %s', async (_, told) => {
	const lines = await told();
	expect(lines).toEqual(expect.arrayContaining(['  12 s: cloning https://u:•@host/x', '! It answers •.']));
	expect(lines.join('\n')).not.toContain('s3cr3t');
});
