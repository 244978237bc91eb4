import {expect, test} from '@jest/globals';
import {optionNames, optionOf} from '../../src/settings/options.ts';

/** The grammar of the real Vira, as read from its app/CLI.hs: what each of its options is, and what it is without. */
const recorded: Readonly<
	Record<string, readonly [of: 'vira' | 'vira web', takes: string, without?: string]>
> = {
	'--state-dir': ['vira', 'text', './state'],
	'--log-level': ['vira', 'log-level', 'Info'],
	'--auto-reset-state': ['vira', 'nothing'],
	'--host': ['vira web', 'text', '0.0.0.0'],
	'--port': ['vira web', 'integer', '5005'],
	'--base-path': ['vira web', 'text', '/'],
	'--no-https': ['vira web', 'nothing'],
	'--tls-cert': ['vira web', 'text'],
	'--tls-key': ['vira web', 'text'],
	'--import': ['vira web', 'text'],
	'--max-concurrent-builds': ['vira web', 'integer', '2'],
	'--auto-build-new-branches': ['vira web', 'nothing'],
	'--job-retention-days': ['vira web', 'natural', '14'],
};

const listed = optionNames.flatMap((name) => {
	const {vira} = optionOf(name);
	return vira ? [vira] : [];
});

test('the arguments in the list of options are those of the real Vira', () => {
	const read = listed.map(({flag, global = false, value, reads = 'text', default: without}) => [
		flag,
		[
			global ? 'vira' : 'vira web',
			value === undefined ? 'nothing' : reads,
			...(without === undefined ? [] : [without]),
		],
	]);
	expect(Object.fromEntries(read)).toEqual(recorded);
	expect(read).toHaveLength(Object.keys(recorded).length);
});

test("they are given in the order of Vira's Home Manager module, with what it lacks beside its like", () => {
	const inOrder = listed.toSorted((one, other) => one.position - other.position);
	expect(inOrder.map(({flag}) => flag)).toEqual([
		'--state-dir',
		'--log-level',
		'--auto-reset-state',
		'--host',
		'--port',
		'--base-path',
		'--no-https',
		'--tls-cert',
		'--tls-key',
		'--import',
		'--max-concurrent-builds',
		'--auto-build-new-branches',
		'--job-retention-days',
	]);
});
