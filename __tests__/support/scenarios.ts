import {attempt} from './run-command.ts';
import {copyOf} from './disks.ts';
import {macIn, simulateMac} from './simulated-mac.ts';
import {pictureOf, type Picture, type Pictured} from './picture-of.ts';
import {machineIn, simulate} from './simulated-linux.ts';

/** A kind of machine, and how Vira is set up on it. */
export interface Kind {
	readonly fresh: () => Promise<Pictured>;
	/** The machine in a folder, as another process would find it. */
	readonly open: (folder: string) => Promise<Pictured>;
	/** What goes with every setup. */
	readonly words: readonly string[];
}

export const kinds = {
	Linux: {fresh: () => simulate(), open: (folder) => machineIn(folder), words: []},
	'a Mac': {fresh: () => simulateMac(), open: (folder) => macIn(folder), words: []},
	'a Mac with a daemon': {
		fresh: () => simulateMac({mac: {sudo: 'free'}}),
		open: (folder) => macIn(folder),
		words: ['--domain', 'system'],
	},
} as const satisfies Readonly<Record<string, Kind>>;

/** A run, and what was done on the machine before it. */
export interface Scenario {
	/** Settings that it was set up with, one after the other. */
	readonly setups: readonly (readonly string[])[];
	readonly stopped?: true;
	readonly words: readonly string[];
}

const some = ['--repository', 'a=https://git.example/a'];

export const scenarios = {
	install: {setups: [], words: some},
	update: {setups: [some], words: ['--port', '8443', '--environment', 'A=b']},
	rollback: {setups: [some, ['--port', '8443']], words: ['rollback']},
	'rollback --to 3': {
		setups: ['5001', '5002', '5003', '5004'].map((port) => ['--port', port]),
		words: ['rollback', '--to', '3'],
	},
	uninstall: {setups: [some, ['--port', '8443']], words: ['uninstall', '--disable-linger']},
	'uninstall --purge': {setups: [some], words: ['uninstall', '--disable-linger', '--purge']},
	start: {setups: [[]], stopped: true, words: ['start']},
	stop: {setups: [[]], words: ['stop']},
	restart: {setups: [[]], words: ['restart']},
	'doctor --fix': {setups: [[]], stopped: true, words: ['doctor', '--fix']},
	doctor: {setups: [[]], words: ['doctor']},
	status: {setups: [[]], words: ['status']},
	logs: {setups: [[]], words: ['logs']},
} as const satisfies Readonly<Record<string, Scenario>>;

/** The words of a scenario on a kind of machine. */
export const wordsOn = ({words}: Scenario, kind: Kind): readonly string[] =>
	words[0]?.startsWith('--') ? [...words, ...kind.words] : words;

const must = async (machine: Pictured, words: readonly string[]): Promise<void> => {
	const {code, document} = await attempt(machine, ...words);
	if (code !== 0) throw new Error(`${words.join(' ')}: ${JSON.stringify(document)}`);
};

/** A machine where the scenario can begin, as often as it is asked for. */
export const stageFor = async (kind: Kind, {setups, stopped}: Scenario): Promise<() => Promise<Pictured>> => {
	const machine = await kind.fresh();
	for (const words of setups) await must(machine, [...words, ...kind.words]);
	if (stopped) await must(machine, ['stop']);
	// Whatever Vira and launchd do on their own has finished.
	await machine.sleep(5000);
	return () => kind.open(copyOf(machine.folder));
};

/** Times are different in each run, and occur only in the receipt. */
export const timelessPictureOf = async (machine: Pictured): Promise<Picture> =>
	JSON.parse(
		JSON.stringify(await pictureOf(machine)).replaceAll(
			/(\\"(?:at|until)\\": )\\"[^"]*\\"/gu,
			'$1\\"then\\"',
		),
	) as Picture;

/** The differences: paths, and the state of the service manager by names that begin with `@`. */
export const differences = (one: Picture, other: Picture): readonly string[] => [
	...[...new Set([...Object.keys(one.files), ...Object.keys(other.files)])].filter(
		(path) => one.files[path] !== other.files[path],
	),
	...(['lingering', 'enabled', 'units', 'launchd'] as const)
		.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
		.map((name) => `@${name}`),
];
