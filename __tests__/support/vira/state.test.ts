import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {begin, run, saying, type Ended, type Running} from './processes.ts';
import {openWorkshop, type Workshop} from './workshop.ts';

let workshop: Workshop;
let silent: string;

beforeAll(async () => {
	workshop = await openWorkshop();
	silent = workshop.viraThat({mode: 'never-answers'});
});
afterAll(() => workshop.remove());

const json = (repositories: Record<string, string>): string => JSON.stringify({repositories});

const importInto = async (state: string, input: string): Promise<Ended> =>
	run(workshop.vira, ['--state-dir', state, 'import'], {input});

/** The object among what is printed around it. */
const exportFrom = async (state: string): Promise<string | undefined> => {
	const {stdout} = await run(workshop.vira, ['--state-dir', state, 'export']);
	return /^\{.*\}(?=Creating checkpoint)/m.exec(stdout)?.[0];
};

const newState = (): string => join(workshop.newFolder(), 'deeper', 'state');

test('imported repositories are exported in order, and the files are where Vira keeps them', async () => {
	const state = newState();
	expect(await exportFrom(state)).toBe(json({}));
	expect((await importInto(state, json({two: 'https://two'}))).status).toBe(0);
	expect((await importInto(state, json({one: 'https://one', two: 'https://two'}))).status).toBe(0);
	expect(await exportFrom(state)).toBe(json({one: 'https://one', two: 'https://two'}));
	expect(readFileSync(join(state, 'schema-version'), 'utf8')).toBe('8');
	expect(existsSync(join(state, 'ViraState'))).toBe(true);
	expect(existsSync(join(state, 'workspace', 'two', 'jobs'))).toBe(true);
});

describe('an import fails', () => {
	test.each(['{', '[]', '{}', '{"repositories": []}', '{"repositories": {"one": 1}}'])(
		'of %s',
		async (input) => {
			const {status, stdout} = await importInto(newState(), input);
			expect([status, stdout.split('\n')[2]]).toEqual([1, 'Import failed: Invalid JSON format']);
		},
	);

	test('in web too, which exits and can be followed by another process', async () => {
		const state = newState();
		const file = join(workshop.newFolder(), 'repositories.json');
		await importInto(state, json({one: 'https://one'}));
		for (const content of ['{', json({one: 'https://other'})]) {
			writeFileSync(file, content);
			const {status, stdout} = await run(silent, ['--state-dir', state, 'web', '--import', file]);
			expect({status, stdout}).toEqual({status: 1, stdout: expect.stringMatching(/^Import failed: /m)});
		}
		expect(await exportFrom(state)).toBe(json({one: 'https://one'}));
	});
});

test('a state of the same schema loses nothing with --auto-reset-state', async () => {
	const state = newState();
	await importInto(state, json({one: 'https://one'}));
	const {stdout} = await run(workshop.vira, ['--state-dir', state, '--auto-reset-state', 'export']);
	expect(stdout).toContain(json({one: 'https://one'}));
});

describe('the lock', () => {
	const beginWithImport = async (state: string): Promise<Running> => {
		const file = join(workshop.newFolder(), 'repositories.json');
		writeFileSync(file, json({one: 'https://one'}));
		return saying('Launching', begin(silent, ['--state-dir', state, 'web', '--import', file]));
	};

	test('blocks export, import and a second web while web runs', async () => {
		const state = newState();
		const web = await beginWithImport(state);
		for (const command of ['export', 'import', 'web']) {
			const {status, stderr} = await run(silent, ['--state-dir', state, command], {input: json({})});
			const why = `vira: StateIsLocked "${state}/ViraState/open.lock"\n`;
			expect({status, stderr}).toEqual({status: 1, stderr: why});
		}
		await web.stop();
	});

	test('ends with a killed process, and nothing is lost', async () => {
		const state = newState();
		await (await beginWithImport(state)).stop('SIGKILL');
		expect(existsSync(join(state, 'ViraState', 'checkpoint.json'))).toBe(false);
		expect(await exportFrom(state)).toBe(json({one: 'https://one'}));
	});

	test('is not the file, which another Vira may have left there', async () => {
		const state = newState();
		mkdirSync(join(state, 'ViraState'), {recursive: true});
		writeFileSync(join(state, 'ViraState', 'open.lock'), '');
		writeFileSync(join(state, 'schema-version'), '8');
		expect(await exportFrom(state)).toBe(json({}));
	});
});
