import {afterEach, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {initialStateText} from '../../src/platform/service.ts';
import {withGiven} from '../../src/settings/options.ts';
import {problemsOf} from '../../src/settings/rules.ts';
import {formatSettingsFile, parseSettingsFile} from '../../src/settings/settings-file.ts';
import {tokens} from '../support/any-settings.ts';
import {casesFrom, plainCase, type Case} from './cases.ts';
import {differencesOf, namesIn} from './differences.ts';
import {extremes} from './extremes.ts';
import {journalOf, prepare, run} from './on-machine.ts';
import {count, print, printRefused, seed} from './sample.ts';

const batchSize = 250;
/** The first machine creates its base image. */
const timeLimitMs = 1_200_000;

const {cases, refused} = casesFrom(seed, count);

print(`${count} generated settings. VIRA_SETUP_SEED=${seed} generates the same again.`);
printRefused(refused);

let machine: Machine | undefined;
afterEach(async () => machine?.destroy());

const inBatches = (all: readonly Case[]): readonly (readonly Case[])[] =>
	Array.from({length: Math.ceil(all.length / batchSize)}, (_, index) =>
		all.slice(index * batchSize, (index + 1) * batchSize),
	);

const variablesOfSystemd = async (on: Machine): Promise<ReadonlySet<string>> => {
	const received = (await run(on, [plainCase.unit])).get(plainCase.unit.name);
	const names = received ? namesIn(received) : new Set<string>();
	expect(differencesOf(plainCase.service, received, names)).toEqual([]);
	return names;
};

const differencesIn = async (on: Machine, batch: readonly Case[], known: ReadonlySet<string>) => {
	const units = batch.map(({unit}) => unit);
	const received = await run(on, units);
	const silent = units.map(({name}) => name).filter((name) => !received.has(name));
	const differences = batch.flatMap(({service, unit: {name}}) =>
		differencesOf(service, received.get(name), known).map((one) => `${name}: ${one}`),
	);
	return silent.length === 0 ? differences : [...differences, await journalOf(on, silent.slice(0, 5))];
};

test.each(['bullseye', 'bookworm', 'trixie'] as const)(
	'on %s every process receives exactly what its settings say',
	async (suite) => {
		machine = await bootMachine({suite});
		await prepare(machine);
		const began = Date.now();
		const known = await variablesOfSystemd(machine);
		const differences: string[] = [];
		for (const batch of inBatches(cases)) differences.push(...(await differencesIn(machine, batch, known)));
		const seconds = Math.round((Date.now() - began) / 1000);
		print(`${suite}: ${cases.length} services in ${seconds} s, ${differences.length} differences`);
		expect(differences.slice(0, 40)).toEqual([]);
	},
	timeLimitMs,
);

test('the initial state contains every name and URL as it was given', () => {
	for (const {settings} of cases) {
		const bytes = Buffer.from(initialStateText(settings) ?? '{"repositories": {}}');
		expect(JSON.parse(bytes.toString())).toEqual({repositories: settings.repositories});
	}
});

test('the extreme settings are accepted: they are at the limits, not beyond', () => {
	for (const one of extremes) {
		const {given, problems} = parseSettingsFile(formatSettingsFile(one));
		expect([...problems, ...problemsOf(withGiven(one, given), 'linux')]).toEqual([]);
	}
});

test.each(tokens)('%j occurs in a compared argument and a compared variable', (token) => {
	expect(cases.some(({settings}) => settings.stateDir.includes(token))).toBe(true);
	expect(cases.some(({settings}) => Object.values(settings.environment).join('\n').includes(token))).toBe(
		true,
	);
});
