import {describe, expect, test} from '@jest/globals';
import {unitPath} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import {attempt, lines, progress, run, told} from '../support/run-command.ts';
import {simulate} from '../support/simulated-linux.ts';

const url = 'https://git.example.org/team/app.git';
const unreadable = {repositories: {[url]: 'wants-password'}} as const;

const codesIn = (document: Readonly<Record<string, unknown>>): readonly string[] =>
	(document['readiness'] as readonly {level: string; code: string}[]).map(
		({level, code}) => `${level} ${code}`,
	);

describe('doctor', () => {
	test('doctor on a machine without Nix is not green', async () => {
		const machine = await setUp({nix: undefined});
		const [status, document] = await told(machine, 'doctor');
		expect([status, codesIn(document)]).toEqual([1, ['error nix-missing']]);
		expect(await lines(machine, 'doctor')).toContain('✖ Nix was not found: Vira builds everything with it.');
	});

	test('names each repository that cannot be read, and how many can', async () => {
		const words = ['--repository', url, '--repository', 'a=https://x/a', '--repository', 'b=https://x/b'];
		const machine = await setUp({builds: unreadable}, ...words);
		const shown = await lines(machine, 'doctor');
		expect(shown.slice(0, 2)).toEqual([1, '✖ 1 problem.']);
		expect(shown).toContain('✖ app: git.example.org asks for a password, and no one can enter it.');
		expect(shown).toContain('✔ git can read 2 repositories');
	});
});

describe('check-repository', () => {
	test('the exit status says whether git can read all', async () => {
		const machine = await simulate({builds: unreadable});
		expect((await lines(machine, 'check-repository https://x/a git@x:b.git'))[0]).toBe(0);
		const [status, document] = await told(machine, `check-repository https://x/a ${url}`);
		expect([status, document['ready'], codesIn(document)]).toEqual([
			1,
			false,
			['ok repository-ready', 'error repository-wants-password'],
		]);
	});

	test('needs URLs, and shows no secret of one', async () => {
		const machine = await simulate();
		expect((await lines(machine, 'check-repository'))[0]).toBe(2);
		expect((await lines(machine, 'check-repository nonsense'))[0]).toBe(2);
		const secret = 'hunter2hunter2';
		const withSecret = `https://alice:${secret}@git.example.org/team/app.git`;
		const bad = await simulate({builds: {repositories: {[withSecret]: 'not-found'}}});
		const [, document] = await told(bad, `check-repository ${withSecret}`);
		expect(JSON.stringify([document, await lines(bad, `check-repository ${withSecret}`)])).not.toContain(
			secret,
		);
	});
});

describe('a run of a script', () => {
	test('says on standard error what keeps builds from succeeding, and sets up Vira', async () => {
		const machine = await simulate({builds: unreadable});
		const shown = await progress(machine, `--non-interactive --repository ${url}`);
		expect(shown).toContain('✖ app: git.example.org asks for a password, and no one can enter it.');
		const {document} = await run(machine, '--check');
		expect(document.outcome).toBe('planned');
		expect(codesIn(document)).toContain('error repository-wants-password');
	});

	test('--require-ready changes nothing, and exits with 3', async () => {
		const machine = await simulate({builds: unreadable});
		const {code, document} = await attempt(machine, '--require-ready', '--repository', url);
		expect([code, document.outcome, document.changed]).toEqual([3, 'failed', false]);
		expect(await machine.inspect(unitPath)).toBeUndefined();
		await machine.events.change({builds: {}});
		expect((await attempt(machine, '--require-ready', '--repository', url)).document.outcome).toBe(
			'installed',
		);
	});

	test('nothing is asked if no one reads it', async () => {
		const machine = await simulate();
		const asked: string[] = [];
		const seen = {
			...machine,
			run: async (...all: Parameters<typeof machine.run>) => {
				asked.push(all[0].join(' '));
				return machine.run(...all);
			},
		};
		await lines(seen, `--non-interactive --quiet --repository ${url}`);
		expect(asked.filter((one) => one.includes('ls-remote'))).toEqual([]);
	});
});
