import {expect, test} from '@jest/globals';
import {exitCode} from '../../../src/errors.ts';
import type {System} from '../../../src/platform/system.ts';
import {saveExportKind} from '../../../src/platform/actions/state-actions.ts';

const action = {
	does: 'save-export',
	command: ['vira', 'export'],
	path: '/kept/repositories.json',
	mode: 0o600,
	why: '',
	onFailure: {message: 'They could not be kept.', exit: exitCode.refused},
} as const;

/** What is written of the output, or why nothing is. */
const saved = async (output: string): Promise<string> => {
	let written = 'nothing';
	const system = {
		run: async () => ({exitCode: 0, stdout: output, stderr: '', timedOut: false, found: true}),
		writeFile: async (_: string, content: string) => void (written = content),
	} as unknown as System;
	return saveExportKind.perform(action, system, {}).then(
		() => written,
		(error: unknown) => (error as {readonly failure: {readonly detail: string}}).failure.detail,
	);
};

test('a backup contains what Vira printed, or does not exist', async () => {
	expect(await saved('opening\n{"repositories":{"é":"https://x/a"}}closing')).toBe(
		'{"repositories":{"é":"https://x/a"}}\n',
	);
	expect(await saved('{"repositories":{"caf\uFFFD":"https://x/a"}}')).toBe(
		'vira export: Its output is not UTF-8.',
	);
	expect(await saved('opening')).toBe('vira export: Its output contains no repositories.');
});
