import packageFile from '../package.json' with {type: 'json'};
import {quickAnswer} from './quick-answer.ts';

const {version} = packageFile;
const answer = await quickAnswer(process.argv.slice(2), {version, columns: process.stdout.columns});
if (answer === undefined) {
	const {main} = await import('./main.ts');
	await main(process, version);
} else {
	// A reader that has seen enough, as in `vira-setup --help | head`.
	process.stdout.on('error', () => undefined);
	process.stdout.write(answer);
}
