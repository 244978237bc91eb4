import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
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

const exportFrom = async (state: string): Promise<Ended> =>
	run(workshop.vira, ['--state-dir', state, 'export']);

const newState = (): string => join(workshop.newFolder(), 'deeper', 'state');

test('what was imported is exported, and the files are where Vira has them', async () => {
	const state = newState();
	expect(await exportFrom(state)).toEqual({status: 0, stdout: `${json({})}\n`, stderr: ''});
	expect((await importInto(state, json({one: 'https://one'}))).status).toBe(0);
	expect((await importInto(state, json({one: 'https://one', two: 'https://two'}))).status).toBe(0);
	expect((await exportFrom(state)).stdout).toBe(`${json({one: 'https://one', two: 'https://two'})}\n`);
	expect(readFileSync(join(state, 'schema-version'), 'utf8')).toBe('3');
	expect(existsSync(join(state, 'ViraState'))).toBe(true);
	expect(existsSync(join(state, 'workspace', 'two', 'jobs'))).toBe(true);
});

describe('an import fails', () => {
	test('when a name is there with another URL, and nothing of it is added', async () => {
		const state = newState();
		await importInto(state, json({one: 'https://one'}));
		const {status, stderr} = await importInto(state, json({new: 'https://new', one: 'https://other'}));
		expect(status).toBe(1);
		expect(stderr).toMatch(/^Import failed: Repository import failed: .*already exists with different URL/);
		expect((await exportFrom(state)).stdout).toBe(`${json({one: 'https://one'})}\n`);
	});

	test.each(['{', '[]', '{}', '{"repositories": []}', '{"repositories": {"one": 1}}'])(
		'of %s',
		async (input) => {
			expect(await importInto(newState(), input)).toMatchObject({
				status: 1,
				stderr: expect.stringMatching(/^Import failed: Invalid JSON/),
			});
		},
	);

	test('in web too, which ends and gives back the lock', async () => {
		const state = newState();
		const file = join(workshop.newFolder(), 'repositories.json');
		await importInto(state, json({one: 'https://one'}));
		for (const content of [undefined, '{', json({one: 'https://other'})]) {
			if (content !== undefined) writeFileSync(file, content);
			const {status, stdout, stderr} = await run(silent, ['--state-dir', state, 'web', '--import', file]);
			expect({status, stdout}).toEqual({status: 1, stdout: ''});
			expect(stderr).toMatch(/^Import failed: /);
		}
		expect((await exportFrom(state)).stderr).toBe('');
	});
});

describe('a state of another schema', () => {
	const olderState = async (): Promise<string> => {
		const state = newState();
		await importInto(state, json({one: 'https://one'}));
		writeFileSync(join(state, 'schema-version'), '2\n');
		return state;
	};

	test('is refused, with the way to reset it by hand', async () => {
		const state = await olderState();
		const {status, stderr} = await exportFrom(state);
		expect(status).toBe(1);
		expect(stderr).toContain(`rm -rf ${state}/ViraState ${state}/workspace/*/jobs`);
		expect(existsSync(join(state, 'workspace', 'one', 'jobs'))).toBe(true);
	});

	test('is deleted with --auto-reset-state', async () => {
		const state = await olderState();
		const {status, stdout} = await run(workshop.vira, ['--state-dir', state, '--auto-reset-state', 'export']);
		expect({status, stdout}).toEqual({status: 0, stdout: `${json({})}\n`});
		expect(existsSync(join(state, 'workspace', 'one', 'jobs'))).toBe(false);
		expect(existsSync(join(state, 'workspace', 'one'))).toBe(true);
		expect(readFileSync(join(state, 'schema-version'), 'utf8')).toBe('3');
	});

	test('is also one without schema-version', async () => {
		const state = await olderState();
		rmSync(join(state, 'schema-version'));
		expect((await exportFrom(state)).status).toBe(1);
	});

	test('the same schema loses nothing with --auto-reset-state', async () => {
		const state = newState();
		await importInto(state, json({one: 'https://one'}));
		const {stdout} = await run(workshop.vira, ['--state-dir', state, '--auto-reset-state', 'export']);
		expect(stdout).toBe(`${json({one: 'https://one'})}\n`);
	});
});

describe('the lock', () => {
	const beginWithImport = async (state: string): Promise<Running> => {
		const file = join(workshop.newFolder(), 'repositories.json');
		writeFileSync(file, json({one: 'https://one'}));
		return saying('Launching', begin(silent, ['--state-dir', state, 'web', '--import', file]));
	};
	const checkpoint = (state: string): string => join(state, 'ViraState', 'checkpoint.json');

	test('keeps export, import and a second web out while web runs', async () => {
		const state = newState();
		const web = await beginWithImport(state);
		for (const command of ['export', 'import', 'web']) {
			const {status, stderr} = await run(silent, ['--state-dir', state, command], {input: json({})});
			expect({status, stderr}).toEqual({status: 1, stderr: expect.stringContaining('is locked by process')});
		}
		await web.stop();
	});

	test.each(['SIGTERM', 'SIGINT'] as const)('is given back at %s, after a checkpoint', async (signal) => {
		const state = newState();
		const web = await beginWithImport(state);
		expect(existsSync(checkpoint(state))).toBe(false);
		expect((await web.stop(signal)).status).toBe(0);
		expect(readFileSync(checkpoint(state), 'utf8')).toBe(json({one: 'https://one'}));
		expect(await exportFrom(state)).toEqual({
			status: 0,
			stdout: `${json({one: 'https://one'})}\n`,
			stderr: '',
		});
	});

	test('is left behind by a kill, without a checkpoint, and taken over', async () => {
		const state = newState();
		await (await beginWithImport(state)).stop('SIGKILL');
		expect(existsSync(checkpoint(state))).toBe(false);
		const {status, stdout, stderr} = await exportFrom(state);
		expect({status, stdout}).toEqual({status: 0, stdout: `${json({one: 'https://one'})}\n`});
		expect(stderr).toMatch(/^\[Warning\] Taking over the lock that process \d+ left behind/);
	});
});
