import {existsSync, readFileSync, realpathSync, writeFileSync} from 'node:fs';
import {Failure, reasonOf} from './failure.ts';

const modes = [
	'behaves',
	'exits-at-once',
	'dies-after-a-second',
	'never-answers',
	'hangs-on-request',
	'answers-500',
	'gh-fails',
] as const;

export type Mode = (typeof modes)[number];

/** How this copy of the program differs from Vira, for tests of a Vira that misbehaves. */
export interface Behaviour {
	readonly mode: Mode;
	readonly version: string;
	readonly schemaVersion: number;
	readonly withoutFlags: readonly string[];
	readonly dumpTo: string | undefined;
}

const good: Behaviour = {
	mode: 'behaves',
	version: '0.1.0.0',
	schemaVersion: 8,
	withoutFlags: [],
	dumpTo: undefined,
};

const fits: Readonly<Record<keyof Behaviour, (value: unknown) => boolean>> = {
	mode: (value) => modes.some((mode) => mode === value),
	version: (value) => typeof value === 'string',
	schemaVersion: (value) => Number.isSafeInteger(value),
	withoutFlags: (value) => Array.isArray(value) && value.every((flag) => typeof flag === 'string'),
	dumpTo: (value) => typeof value === 'string',
};

const isKey = (key: string): key is keyof Behaviour => Object.hasOwn(fits, key);

// A typo in a test's file would otherwise look like a Vira that works.
const checked = (path: string): Partial<Behaviour> => {
	const given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
	for (const [key, value] of Object.entries(given)) {
		if (!isKey(key) || !fits[key](value))
			throw new Error(`${key}: ${JSON.stringify(value)} is not understood`);
	}
	return given;
};

/** Reads `PROGRAM.behaviour.json`, beside the program or, when it was started by a link, beside what that points to. */
export const readBehaviour = (program: string): Behaviour => {
	const beside = [program, realpathSync(program)].map((path) => `${path}.behaviour.json`);
	const path = beside.find((candidate) => existsSync(candidate));
	if (path === undefined) return good;
	try {
		return {...good, ...checked(path)};
	} catch (error) {
		throw new Failure(`${path}: ${reasonOf(error)}`);
	}
};

/** Writes what the program was started with to where a test can read it. */
export const dumpStart = (path: string): void =>
	writeFileSync(
		path,
		JSON.stringify({argv: process.argv.slice(1), environment: process.env, workingDirectory: process.cwd()}),
	);
