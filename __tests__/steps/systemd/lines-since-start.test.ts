import {describe, expect, test} from '@jest/globals';
import {linesSinceStart} from '../../../src/steps/systemd/lines-since-start.ts';

const manager = (text: string): string => `Nov 25 22:22:42 systemd[47]: ${text}`;
const vira = (text: string): string => `Nov 25 22:22:42 vira[117]: ${text}`;

const starting = manager('Starting vira.service - Vira web application...');
const started = manager('Started vira.service - Vira web application.');
const stopped = manager('Stopped vira.service - Vira web application.');
const failed = manager("vira.service: Failed with result 'exit-code'.");
const exited = manager('vira.service: Main process exited, code=exited, status=7/NOTRUNNING');
const scheduled = manager('vira.service: Scheduled restart job, restart counter is at 1.');
const tooOften = manager('vira.service: Start request repeated too quickly.');
const controlled = manager('vira.service: Control process exited, code=exited, status=1/FAILURE');
const taken = vira('bind: resource busy (Address already in use)');
const locked = vira('the state is locked');

const earlier = [starting, started, taken, exited, failed];

describe('of the last lines, only those since the last start are left', () => {
	test.each<[string, readonly string[], readonly string[]]>([
		['of the only run', [starting, started, taken, exited], [starting, started, taken, exited]],
		['where the start is longer ago than the lines', [taken, exited, failed], [taken, exited, failed]],
		[
			'after a stop and a start',
			[...earlier, stopped, starting, started, exited],
			[starting, started, exited],
		],
		['after a failure and a start', [...earlier, starting, started, exited], [starting, started, exited]],
		['after a restart by itself', [...earlier, scheduled, stopped, starting, started], [starting, started]],
		[
			'as systemd 254 and later tell of that',
			[...earlier, scheduled, starting, started],
			[starting, started],
		],
		['with Type=simple', [...earlier, scheduled, started, exited], [started, exited]],
		['said before the manager tells', [...earlier, locked, starting, failed], [locked, starting, failed]],
		['said between', [...earlier, starting, locked, started], [starting, locked, started]],
		[
			'where a command before it fails',
			[...earlier, starting, controlled, failed],
			[starting, controlled, failed],
		],
		['where it is not started again', [...earlier, scheduled, stopped, tooOften, failed], [tooOften, failed]],
		['where it was started, and stopped', [...earlier, starting, stopped], []],
		[
			'where somebody else speaks so',
			[starting, vira('Started something'), taken],
			[starting, vira('Started something'), taken],
		],
	])('%s', (_, lines, left) => {
		expect(linesSinceStart(lines)).toEqual(left);
	});
});
