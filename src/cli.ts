// A named import, so that nothing else of the file is bundled.
import {version} from '../package.json';
import {exitCode} from './errors.ts';
import {endings, leave, wholeOutput} from './platform/real/leave.ts';
import {quickAnswer} from './command-line/quick-answer.ts';

const early = new AbortController();

/** The code that is loaded by then reports the cancellation, in JSON too. The timer ends the process if loading hangs. */
const cancel = (): void => {
	early.abort();
	setTimeout(() => void leave(exitCode.cancelled), 500);
};
for (const signal of endings) process.on(signal, cancel);
Object.defineProperty(process, 'stdout', {value: wholeOutput(process.stdout)});
const answer = await quickAnswer(process.argv.slice(2), {version, columns: process.stdout.columns});
if (answer === undefined) {
	const {main} = await import('./main.ts');
	const running = main(process, version, early.signal);
	// Only after main listens: in between, a signal would be lost, or end the process with another status.
	for (const signal of endings) process.off(signal, cancel);
	await running;
} else {
	const tell = async (error: Error): Promise<void> => {
		const {tellLoss} = await import('./main.ts');
		process.exitCode = tellLoss(error, process);
	};
	// A full disk, or a reader that stopped reading, as in `vira-setup --help | head`.
	process.stdout.on('error', (error: Error) => void tell(error));
	process.stdout.write(answer);
}
