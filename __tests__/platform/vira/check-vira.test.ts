import {expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {everySilence, silent, type Silence} from '../../support/fault-injection.ts';
import {attempt, refusedWith} from '../../support/run-command.ts';

/** A machine whose Vira has another `web --help`. */
const withHelp = async (change: (help: string) => string): Promise<Simulation> => {
	const machine = await simulate();
	return {
		...machine,
		run: async (command, options) => {
			const result = await machine.run(command, options);
			if (command.slice(1).join(' ') !== 'web --help') return result;
			return {...result, stdout: change(result.stdout)};
		},
	};
};

const words = ['--repository', 'a=https://x/a', '--dry-run'];

test.each([
	['--import', '--import-dir'],
	['--import', '--importer'],
	['--import', '--import2'],
	['--import', '--no-import'],
	['--import', 'import'],
	['--port', '--port-range'],
	['--host', '--x--host'],
])('a Vira that has no %s, but %s, is refused', async (flag, other) => {
	const whole = new RegExp(`${flag}(?= )`, 'gu');
	const machine = await withHelp((help) => help.replaceAll(whole, other));
	expect(await refusedWith(machine, ...words)).toMatchObject({
		status: 2,
		said: [`--package: This Vira does not support ${flag}. Use a newer one.`],
	});
});

test('all flags that a Vira does not have are named together', async () => {
	const machine = await withHelp(() => 'Usage: vira web [--host HOST]');
	expect(await refusedWith(machine, ...words)).toMatchObject({
		said: [
			'--package: This Vira does not support --port, --base-path, --import, --job-retention-days. Use a newer one.',
		],
	});
});

test.each([
	['in brackets', '[--host] [--port] [--base-path] [--import] [--job-retention-days]'],
	['with their values', '--host=H,--port=P|--base-path=B --import=F --job-retention-days=D'],
	['one per line', '--host\n--port\n--base-path\n--import\n--job-retention-days\n'],
])('a Vira whose help lists them %s is accepted', async (_, help) => {
	expect(await refusedWith(await withHelp(() => help), ...words)).toMatchObject({status: 0});
});

test.each(everySilence)(
	'a Vira whose help %s is accepted, and a warning says that its options were not checked',
	async (how) => {
		const machine = silent(await simulate(), /vira web --help$/u, how);
		const {code, document} = await attempt(machine, ...words);
		expect([code, document['warnings']]).toMatchObject([0, [{code: 'options-not-checked'}]]);
	},
);

const noVira: Readonly<Partial<Record<Silence, RegExp>>> = {
	// execve(2) reports a missing interpreter like a missing program.
	'is missing': /vira cannot be run: its interpreter \S+ does not exist\.$/u,
	'cannot be started': /vira cannot be run: permission denied\.$/u,
};

test.each(everySilence)('a program whose "info" %s is not Vira, whatever it printed before', async (how) => {
	const machine = silent(await simulate(), /vira info$/u, how);
	expect(await refusedWith(machine, ...words)).toMatchObject({
		status: 2,
		said: [
			expect.stringMatching(
				noVira[how] ?? /does not respond like Vira: "vira info" fails or reports no schema/u,
			),
		],
	});
});
