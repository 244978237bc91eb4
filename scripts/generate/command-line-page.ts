import {commandNames} from '../../src/command-line/commands.ts';
import {helpPage} from '../../src/command-line/help.ts';

const columns = 100;

/** docs/command-line.md: the help page of the program, and of each command. */
export const commandLinePage = (): string =>
	[
		'# Command line',
		'',
		'Made from the list of options by `npm run docs`; the same text as `vira-setup --help` and `vira-setup help COMMAND`.',
		'',
		'```text',
		helpPage(undefined, columns).trimEnd(),
		'```',
		'',
		...commandNames.flatMap((command) => [
			`## vira-setup ${command}`,
			'',
			'```text',
			helpPage(command, columns).trimEnd(),
			'```',
			'',
		]),
	].join('\n');
