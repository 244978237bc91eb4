import {expect, test} from '@jest/globals';
import {lingers, pageSoonAt, pictureOf, serviceProperty, timeLimitMs, useMachine} from '../support/alice.ts';

const machine = useMachine();

const command = ['vira-setup', '--non-interactive', '--json', '--repository', 'a=https://x/a'];
const another = /^Another vira-setup is running here \(PID \d+\)\. Nothing was done\.$/u;

interface Ending {
	readonly exitCode: number | undefined;
	readonly document: {
		readonly outcome: string;
		readonly changed: boolean;
		readonly error?: {readonly message: string};
	};
}

const start = async (): Promise<Ending> => {
	const {exitCode, stdout} = await machine().run(command, {as: 'alice'});
	return {exitCode, document: JSON.parse(stdout) as Ending['document']};
};

test(
	'of twenty simultaneous runs one sets up Vira, and the others name it and do nothing',
	async () => {
		const endings = await Promise.all(Array.from({length: 20}, start));
		const winners = endings.filter(({exitCode}) => exitCode === 0);
		// On a slow machine one may begin when the first has ended: it finds nothing to do.
		const outcomes = winners.map(({document}) => document.outcome);
		expect(outcomes.filter((one) => one !== 'unchanged')).toEqual(['installed']);
		for (const {exitCode, document} of endings.filter((one) => !winners.includes(one)))
			expect([exitCode, document.outcome, document.changed, document.error?.message]).toEqual([
				3,
				'failed',
				false,
				expect.stringMatching(another),
			]);
		expect(await pageSoonAt(machine(), 'https://localhost:5005/')).toBe('200');
		expect([await lingers(machine()), await serviceProperty(machine(), 'NRestarts')]).toEqual([true, '0']);
		const picture = await pictureOf(machine());
		expect(Object.keys(picture).filter((path) => path.includes('vira-setup~'))).toEqual([]);
		// One whole installation: the next run finds nothing to do.
		const {exitCode, stdout} = await machine().run([...command, '--check'], {as: 'alice'});
		expect([exitCode, (JSON.parse(stdout) as {readonly changed: boolean}).changed]).toEqual([0, false]);
	},
	timeLimitMs,
);
