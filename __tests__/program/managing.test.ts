import {expect, test} from '@jest/globals';
import {printedIn} from '../support/printed-in-page.ts';
import {newFolder} from '../support/new-folder.ts';
import {runProgram} from '../support/run-program.ts';

/** Printed only on a simulated machine. */
const asOnAMachine = (text: string): string =>
	text
		.replace(/\n*Simulation only\. Nothing on this machine changed\.\n*$/u, '')
		.replaceAll('On the simulated machine: ', '')
		.replace(/After a real setup, continue with:\n([^]*)/u, (_, rest: string) =>
			rest.replaceAll(/^ {2}/gmu, ''),
		)
		.trimEnd();

test('docs/managing.md shows the output of each command prints', async () => {
	const where = ['--simulate', 'linux', '--simulation-folder', newFolder()];
	await runProgram(['--non-interactive', '--repository', 'vira=https://github.com/juspay/vira', ...where]);
	const shown = printedIn('docs/managing.md');
	const printed = [];
	for (const {words} of shown) {
		const {stdout} = await runProgram([...words, ...where], {env: {TZ: 'UTC'}});
		printed.push({words, output: asOnAMachine(stdout)});
	}
	expect(printed).toEqual(shown);
	const verbs = new Set(shown.map(({words: [verb]}) => verb));
	for (const verb of ['status', 'start', 'stop', 'restart', 'logs', 'doctor', 'rollback', 'uninstall'])
		expect(verbs).toContain(verb);
});
