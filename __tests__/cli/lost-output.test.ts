import {execFile} from 'node:child_process';
import {statSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {newFolder} from '../support/new-folder.ts';
import {ownEnvironment, program, starter} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

let folder: string;

interface Shown {
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a line of bash in which `vira-setup` is the built program, and $folder its simulated machine. */
const shell = (script: string): Promise<Shown> =>
	new Promise((resolve) => {
		const words = `"${starter}" "${program}" "$@"`;
		const on = `--simulate linux --simulation-folder "$folder"`;
		const beginning = `vira-setup() { ${words}; }; on-machine() { vira-setup "$@" ${on}; }`;
		execFile(
			'bash',
			['-c', `${beginning}; ${script}`],
			{env: {...ownEnvironment(), folder}},
			(error, stdout, stderr) => resolve({status: Number(error?.code ?? 0), stdout, stderr}),
		);
	});

const noRoom =
	'vira-setup: No space left on device: standard output\nENOSPC: no space left on device, write\n';

beforeAll(() => {
	folder = join(newFolder(), 'machine');
});

describe('standard output on a full disk', () => {
	test('does not stop an installation: it completes, and the exit status reports the lost output', async () => {
		const {status, stderr} = await shell('on-machine --non-interactive >/dev/full');
		expect([status, stderr.endsWith(noRoom)]).toEqual([1, true]);
		expect(await shell('on-machine --check --non-interactive')).toMatchObject({status: 0});
	});

	test.each([
		'on-machine status',
		'on-machine status --json',
		'on-machine logs',
		'on-machine logs -f',
		'on-machine doctor',
		'on-machine export',
		'on-machine --check --non-interactive --port 7777',
		'vira-setup completion bash',
		'vira-setup --help',
		'vira-setup --version',
		'vira-setup --version --json',
	])('%s: exit 1, with the message', async (words) => {
		expect(await shell(`${words} >/dev/full`)).toEqual({status: 1, stdout: '', stderr: noRoom});
	});

	test('does not hide an earlier failure', async () => {
		const {status, stderr} = await shell('on-machine status -x --json >/dev/full');
		expect([status, stderr]).toEqual([2, noRoom]);
	});

	test('with standard error on it too: exit 1', async () => {
		for (const words of ['on-machine status', 'vira-setup --help'])
			expect(await shell(`${words} >/dev/full 2>&1`)).toEqual({status: 1, stdout: '', stderr: ''});
	});
});

test('a disk that takes only the first part is reported', async () => {
	const file = join(newFolder(), 'help');
	const {status, stderr} = await shell(`ulimit -f 1; vira-setup --help >${file}`);
	expect([status, statSync(file).size]).toEqual([1, 1024]);
	expect(stderr).toBe(
		'vira-setup: The system reported an error: standard output\nEFBIG: file too large, write\n',
	);
});

test('a file contains what is printed, in the same order', async () => {
	const file = join(newFolder(), 'both');
	await shell(`on-machine restart >${file} 2>&1; on-machine status --json >>${file}`);
	const {stdout} = await shell(`cat ${file}`);
	const [, lines = '', document = ''] = /^([^{]*)(\{[^]*)$/u.exec(stdout) ?? [];
	expect(lines).toMatch(/^✔ Make [^]*\n✔ Vira restarted \(PID [^]*$/u);
	expect(validDocument(document)).toMatchObject({outcome: 'status'});
});

test.each(['on-machine status', 'on-machine logs', 'vira-setup --help', 'vira-setup completion bash'])(
	'output that no program reads is not a failure: %s',
	async (words) => {
		expect(await shell(`${words} | true; exit $PIPESTATUS`)).toEqual({status: 0, stdout: '', stderr: ''});
	},
);
