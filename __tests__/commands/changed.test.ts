import {describe, expect, test} from '@jest/globals';
import type {Document} from '../support/valid-document.ts';
import {pictureOf, type Picture} from '../support/picture-of.ts';
import {attempt} from '../support/run-command.ts';
import {differences, kinds, scenarios, stageFor, wordsOn} from '../support/scenarios.ts';

/** Those that can be planned. */
const planned = ['install', 'update', 'rollback', 'uninstall', 'start', 'stop', 'restart'] as const;

interface FileDiff {
	readonly path: string;
	readonly change: 'created' | 'changed' | 'deleted';
	readonly bookkeeping: boolean;
	readonly modeBefore: string | null;
	readonly modeAfter: string | null;
	readonly before?: string | null;
	readonly after?: string | null;
}

const diffIn = (document: Document): readonly FileDiff[] => document['diff'] as readonly FileDiff[];

/** Files of vira-setup and of the service manager that differ: not folders and links, nor what others write on request. */
const changedFiles = (one: Picture, other: Picture): readonly string[] =>
	differences(one, other).filter((path) => {
		const text = one.files[path] ?? other.files[path] ?? 'folder';
		const isOthers = /\/share\/vira\/|\/versions\/repositories|\/systemd\/linger\//u.test(path);
		return !text.endsWith('folder') && !text.startsWith('->') && !isOthers;
	});

const pictured = (mode: string | null, text: string | null | undefined): string | undefined =>
	mode === null ? undefined : `${mode} ${text ?? ''}`;

describe.each(Object.entries(kinds))('on %s', (_, kind) => {
	test.each(planned)('%s: --check says exactly what the run changes, and changes nothing', async (name) => {
		const fresh = await stageFor(kind, scenarios[name]);
		const words = wordsOn(scenarios[name], kind);
		const machine = await fresh();
		const before = await pictureOf(machine);
		const checked = await attempt(machine, ...words, '--check');
		expect([checked.code, checked.document.outcome, checked.document['changed']]).toEqual([
			10,
			'planned',
			true,
		]);
		expect(await pictureOf(machine)).toEqual(before);
		const done = await attempt(machine, ...words);
		const after = await pictureOf(machine);
		expect([done.code, done.document['changed']]).toEqual([0, true]);
		// A restart leaves the service as it was.
		expect(differences(before, after).length > 0).toBe(name !== 'restart');
		expect(diffIn(done.document)).toEqual(diffIn(checked.document));
		const paths = diffIn(done.document).map(({path}) => path);
		expect(paths.toSorted()).toEqual(changedFiles(before, after).toSorted());
		for (const one of diffIn(done.document).filter(({bookkeeping}) => !bookkeeping))
			expect([pictured(one.modeBefore, one.before), pictured(one.modeAfter, one.after)]).toEqual([
				before.files[one.path],
				after.files[one.path],
			]);
	});

	test.each(['install', 'update', 'uninstall', 'start', 'stop'] as const)(
		'%s, twice: the second run has nothing to change',
		async (name) => {
			const machine = await (await stageFor(kind, scenarios[name]))();
			const words = wordsOn(scenarios[name], kind);
			await attempt(machine, ...words);
			for (const again of [[...words, '--check'], words]) {
				const {code, document} = await attempt(machine, ...again);
				expect([code, document]).toMatchObject([0, {changed: false, plan: [], diff: []}]);
			}
		},
	);
});

test('the contents of bookkeeping files are left out, and secrets in those of others are masked', async () => {
	const machine = await kinds.Linux.fresh();
	const {document} = await attempt(machine, '--environment', 'API_TOKEN=very-secret-value');
	const unit = diffIn(document).find(({path}) => path.endsWith('/vira.service'));
	expect([unit?.change, unit?.bookkeeping, unit?.before]).toEqual(['created', false, null]);
	expect(unit?.after).toMatch(/API_TOKEN=•+"/u);
	const own = diffIn(document).filter(({bookkeeping}) => bookkeeping);
	expect(own.map(({path}) => path.split('/').at(-1))).toEqual(['settings.json', 'receipt.json']);
	expect(own.flatMap((one) => ['before' in one, 'after' in one])).not.toContain(true);
});

test('a file of which only the mode changes has the same text before and after', async () => {
	const machine = await kinds.Linux.fresh();
	await attempt(machine);
	const path = '/home/alice/.config/systemd/user/vira.service';
	await machine.writeFile(path, (await machine.readFile(path)) ?? '', 0o644);
	const {document} = await attempt(machine, '--check');
	const [unit] = diffIn(document);
	expect(unit).toMatchObject({path, change: 'changed', modeBefore: '0644', modeAfter: '0600'});
	expect(unit?.after).toBe(unit?.before);
});

test('one changed variable makes a small document', async () => {
	const machine = await kinds.Linux.fresh();
	await attempt(machine, '--environment', 'A=a', '--repository', 'a=https://git.example/a');
	const {written} = await attempt(machine, '--environment', 'A=b');
	expect(written.length).toBeLessThan(10_000);
});
