import packageFile from '../package.json' with {type: 'json'};
import {wholeOutput} from './platform/whole-output.ts';
import {quickAnswer} from './quick-answer.ts';

const {version} = packageFile;
Object.defineProperty(process, 'stdout', {value: wholeOutput(process.stdout)});
const answer = await quickAnswer(process.argv.slice(2), {version, columns: process.stdout.columns});
if (answer === undefined) {
	const {main} = await import('./main.ts');
	await main(process, version);
} else {
	const tell = async (error: Error): Promise<void> => {
		const {tellLoss} = await import('./main.ts');
		process.exitCode = tellLoss(error, process);
	};
	// A full disk, or a reader that has seen enough, as in `vira-setup --help | head`.
	process.stdout.on('error', (error: Error) => void tell(error));
	process.stdout.write(answer);
}
