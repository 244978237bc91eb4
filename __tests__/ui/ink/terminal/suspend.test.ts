import {EventEmitter} from 'node:events';
import {expect, test} from '@jest/globals';
import {suspensionOf, type JobControl} from '../../../../src/ui/ink/terminal/suspend.ts';

/** What happens to a job, in order; `stops`: it is stopped by SIGTSTP, and resumes immediately. */
const played = (stops: boolean) => {
	const log: string[] = [];
	const signals = new EventEmitter();
	let taken = (): void => undefined;
	const job = Object.assign(signals, {
		kill: (pid: number, signal: string) => {
			log.push(`kill ${pid} ${signal}, ${signals.listenerCount('SIGTSTP')} listening`);
			if (stops) signals.emit('SIGCONT');
			return true;
		},
	}) as unknown as JobControl;
	const holding = {
		release: () => log.push('release'),
		take: () => {
			log.push('take');
			taken();
		},
	};
	const takenAgain = new Promise<void>((resolve) => {
		taken = resolve;
	});
	return {log, signals, takenAgain, suspension: suspensionOf(holding, job)};
};

const stopped = ['release', 'kill 0 SIGTSTP, 0 listening', 'release', 'take'];

test('Ctrl-Z releases the terminal, stops the whole group, and takes it again on resume', () => {
	const {log, suspension} = played(true);
	suspension.suspend();
	expect(log).toEqual(stopped);
	suspension.suspend();
	expect(log).toEqual([...stopped, ...stopped]);
	suspension.end();
});

test('so does the signal, when another process sends it', () => {
	const {log, signals, suspension} = played(true);
	signals.emit('SIGTSTP');
	expect(log).toEqual(stopped);
	suspension.end();
});

test('without a shell to resume it, it continues', async () => {
	const {log, takenAgain, suspension} = played(false);
	suspension.suspend();
	suspension.suspend();
	await takenAgain;
	expect(log).toEqual(stopped);
	suspension.end();
});

test('an unexpected stop (SIGSTOP) is followed by a redraw', () => {
	const {log, signals, suspension} = played(true);
	signals.emit('SIGCONT');
	expect(log).toEqual(['release', 'take']);
	suspension.end();
	expect(signals.eventNames()).toEqual([]);
});
