import {expect, test} from '@jest/globals';
import {problemsOf} from '../../src/settings/rules.ts';
import {tokens} from '../support/any-settings.ts';
import {agentOf, type Agent} from './agents.ts';
import {settingsFrom} from './cases.ts';
import {readPlists, type Read} from './read-plists.ts';
import {count, print, printRefused, seed} from './sample.ts';

const kept = settingsFrom(seed, count, 'macos');
const script = ['/bin/sh', '-c', '/bin/wait4path /nix/store && exec "$0" "$@"'];

print(`${count} generated settings as property lists. VIRA_SETUP_SEED=${seed} generates the same again.`);
printRefused(kept.flatMap(({refused}) => refused));

const agents = kept.map(({settings}, index) => agentOf(settings, index, 'gui'));

const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

/** Every case in which what was read, or passed on by a shell, differs from the input. */
const differencesOf = ({service, waits}: Agent, read: Read | undefined): readonly string[] => {
	const words = [...(waits ? script : []), service.program, ...service.arguments];
	const differs = (where: string, got: unknown, wanted: unknown): readonly string[] =>
		JSON.stringify(got) === JSON.stringify(wanted)
			? []
			: [`${where}: ${JSON.stringify(wanted).slice(0, 200)}`];
	const sorted = (record: object = {}): unknown =>
		Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return [
		...differs('arguments', read?.arguments, words),
		...differs('environment', sorted(read?.environment), sorted(service.environment)),
		...differs('shells', Object.keys(read?.received ?? {}).length, waits ? 2 : 0),
		...Object.entries(read?.received ?? {}).flatMap(([shell, received]) => [
			// The dump is a script: its own shell and its path stand before the words.
			...differs(`${shell}, words`, received.words.slice(2), service.arguments.map(bytesOf)),
			...Object.entries(service.environment)
				.map(([name, value]) => bytesOf(`${name}=${value}`))
				.filter((variable) => !received.variables.includes(variable))
				.map((variable) => `${shell}: ${variable.slice(0, 200)}`),
		]),
	];
};

test('every property list contains exactly what its settings say, and a shell passes it on', async () => {
	const began = Date.now();
	const read = await readPlists(agents.map(({text}) => text));
	const differences = agents.flatMap((agent, index) =>
		differencesOf(agent, read[index]).map((one) => `${index}: ${one}`),
	);
	const seconds = Math.round((Date.now() - began) / 1000);
	print(`python: ${read.length} property lists in ${seconds} s, ${differences.length} differences`);
	expect(read).toHaveLength(agents.length);
	expect(differences.slice(0, 40)).toEqual([]);
}, 600_000);

test('values that remain after the refused ones were removed are accepted', () => {
	expect(kept.flatMap(({settings}) => problemsOf(settings, 'macos'))).toEqual([]);
});

const carried = tokens.filter((token) => !/[\u0000-\u0008\v\f\u000E-\u001F]/u.test(token));

test.each(carried)('%j occurs in a compared argument and a compared variable', (token) => {
	expect(kept.some(({settings}) => settings.stateDir.includes(token))).toBe(true);
	expect(kept.some(({settings}) => Object.values(settings.environment).join('\n').includes(token))).toBe(
		true,
	);
});
