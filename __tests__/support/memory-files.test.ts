import {expect, jest, test} from '@jest/globals';
import fc from 'fast-check';
import type {FileAccess} from '../../src/simulator/files/machine-files.ts';
import {diskFiles} from '../../src/simulator/files/disk-files.ts';
import {memoryFiles} from './memory-files.ts';
import {newFolder} from './new-folder.ts';
import {loopLimitMs} from './limits.ts';

jest.setTimeout(loopLimitMs);

/** The first two are the root itself, which a machine only reads. */
const names = ['', '/', '/a', '/b', '/a/c', '/a/c/d', '/b/c', '/no/such'] as const;
const anyPath = fc.constantFrom(...names);
const anyName = fc.constantFrom(...names.slice(2));
const anyMode = fc.constantFrom(0o600, 0o644, 0o755, 0o500);

/** Something that is done with files below a folder. */
type Step = (files: FileAccess, root: string) => Promise<unknown>;

const anyStep: fc.Arbitrary<readonly [string, Step]> = fc
	.tuple(fc.nat({max: 7}), fc.tuple(anyPath, anyName, anyName), anyMode)
	.map(([which, [path, one, other], mode]) => {
		const steps: readonly (readonly [string, Step])[] = [
			[`read ${path}`, (files, root) => files.readFile(root + path)],
			[`list ${path}`, async (files, root) => (await files.list(root + path))?.toSorted()],
			[`write ${one} ${mode}`, (files, root) => files.writeFile(root + one, `text of ${one}`, mode)],
			[`make ${one} ${mode}`, (files, root) => files.makeFolder(root + one, mode | 0o300)],
			[`move ${one} ${other}`, (files, root) => files.move(root + one, root + other)],
			[`delete ${one}`, (files, root) => files.deleteFile(root + one)],
			[`delete empty ${one}`, (files, root) => files.deleteFolder(root + one, {withContents: false})],
			[`delete whole ${one}`, (files, root) => files.deleteFolder(root + one, {withContents: true})],
		];
		return steps[which] ?? ['', async () => undefined];
	});

const answerOf = (doing: Promise<unknown>, root: string): Promise<unknown> =>
	doing.then(
		(answer) => answer ?? 'nothing',
		(error: unknown) =>
			(error as NodeJS.ErrnoException).code ?? (error as Error).message.replaceAll(root, ''),
	);

/** The file at each of the names; owner and permissions are those of the user who runs the tests. */
const seen = (files: FileAccess, root: string): Promise<readonly unknown[]> =>
	Promise.all(
		names.map(async (name) => {
			const found = await files.inspect(root + name);
			return found && [found.kind, found.mode, found.kind === 'file' ? found.size : 0];
		}),
	);

test('files in memory behave like files on a disk, whatever is done with them', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(anyStep, {minLength: 1, maxLength: 12}), async (steps) => {
			const disk = newFolder();
			const inMemory = memoryFiles(new Map());
			await inMemory.makeFolder('/root', 0o700);
			for (const [name, step] of steps) {
				const [expected, answered] = [
					await answerOf(step(diskFiles, disk), disk),
					await answerOf(step(inMemory, '/root'), '/root'),
				];
				expect([name, answered]).toEqual([name, expected]);
				expect([name, await seen(inMemory, '/root')]).toEqual([name, await seen(diskFiles, disk)]);
			}
		}),
		{numRuns: 300},
	);
});
