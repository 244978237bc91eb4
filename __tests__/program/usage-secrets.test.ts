import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {expect, test} from '@jest/globals';
import {ownEnvironment, program, starter} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

interface Failure {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number;
}

const url = 'https://oauth2:s3cr3tT0ken@github.com/a/b';

interface Case {
	readonly words?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly input?: string;
	readonly says: string;
}

/** The built program on a simulated machine, which should refuse its input. */
const refuse = async ({words = [], env = {}, input = ''}: Case, ...more: readonly string[]) => {
	const running = promisify(execFile)(
		starter,
		[program, '--simulate', '--non-interactive', ...more, ...words],
		{env: {...ownEnvironment(), ...env}},
	);
	running.child.stdin?.end(input);
	return running.then(
		() => ({stdout: '', stderr: 'not refused', code: 0}),
		(error: unknown) => error as Failure,
	);
};

test.each<Case>([
	{words: ['--repository', `a b ${url}`], says: '--repository: item 1: Must have the form NAME=URL.'},
	{words: ['--environment', 'A=1', '--environment', 's3cr3tvalue'], says: '--environment: item 2: '},
	{env: {VIRA_SETUP_REPOSITORY: `a b ${url}`}, says: 'VIRA_SETUP_REPOSITORY: item 1: '},
	{words: ['--extra-package', 'x https://u:s3cr3t@h/x'], says: '--extra-package: x https://u:••••••@h/x: '},
	{
		words: ['--config', '-'],
		input: JSON.stringify({initialState: {repositories: {[url]: 'https://h/x'}}}),
		says: '--config -: initialState.repositories: https://oauth2:••••••@github.com/a/b: ',
	},
	{words: ['--environment', 'A=1', 'API_TOKEN=s3cr3t'], says: 'Unknown command. '},
	{words: ['--enviroment=API_TOKEN=s3cr3t'], says: 'Unknown option --enviroment. '},
	{words: ["--enviroment=API_TOKEN='s3cr3t'\ns3cr3t"], says: 'Unknown option --enviroment. '},
	{words: ['--simulate', 'API_TOKEN=s3cr3t'], says: '--simulate: Unknown machine "API_TOKEN". '},
])('$says shows no secret', async (given) => {
	const {stdout, stderr, code} = await refuse(given);
	expect(stderr).toContain(given.says);
	expect(stdout + stderr).not.toMatch(/s3cr3t/u);
	expect(code).toBe(2);
	const inJson = await refuse(given, '--json');
	expect(validDocument(inJson.stdout)).toMatchObject({error: {message: expect.stringContaining(given.says)}});
	expect(inJson.stdout + inJson.stderr).not.toMatch(/s3cr3t/u);
});

test('quoted text does not act on the terminal', async () => {
	const {stderr} = await refuse({words: ['--config', '/\u001B[31mnowhere'], says: ''});
	expect(stderr).toContain('--config: /nowhere does not exist.\n');
});
