import {describe, expect, test} from '@jest/globals';
import {saidByVira} from '../../../src/platform/vira/said-by-vira.ts';

/** What Vira prints at every start, whatever happens. */
const opening = ['Opening ViraState database...', 'Opened ViraState; schema version = 8'];

const start = [
	...opening,
	'09:00 ℹ️  INFO [🧵;4] Using existing cache keys from /home/alice/state/cache-keys/',
	'09:00 ℹ️  INFO [🧵;4] Launching at https://localhost:5005',
];

describe('the cause that Vira reports itself', () => {
	test.each([
		[
			'a port that is taken',
			[...start, 'vira: Network.Socket.bind: resource busy (Address already in use)'],
			'port-in-use',
			"Vira's port is already in use.",
		],
		[
			'an address that is not its own',
			[...start, 'vira: Network.Socket.bind: does not exist (Cannot assign requested address)'],
			'address-unusable',
			'Vira cannot listen on its address: does not exist (Cannot assign requested address).',
		],
		[
			'a repository with another URL, on several lines',
			[
				...opening,
				'Import failed: Repository import failed:',
				`Repository '"page"' already exists with different URL:`,
				'  Existing: "https://git.example/page"',
				'  Import:   "https://other.example/page"',
				'',
				'Creating checkpoint before closing...',
			],
			'repository-conflict',
			'Vira does not start: it has "page" with the URL https://git.example/page, but the settings have a different URL.',
		],
		[
			'a name beyond ASCII, as Haskell shows it',
			[
				`Repository '"b\\252cher"' already exists with different URL:`,
				'  Existing: "https://git.example/\\8230"',
			],
			'repository-conflict',
			'Vira does not start: it has "bücher" with the URL https://git.example/…, but the settings have a different URL.',
		],
		[
			'a repository file that is not JSON',
			[...opening, 'Import failed: Invalid JSON format', 'Creating checkpoint before closing...'],
			'import-unreadable',
			'Vira cannot read its repositories file: Invalid JSON format.',
		],
		[
			'a missing repository file',
			[
				...opening,
				'vira: /home/alice/initial-state.json: openBinaryFile: does not exist (No such file or directory)',
			],
			'import-unreadable',
			'Vira cannot read its repositories file: /home/alice/initial-state.json: openBinaryFile: does not exist (No such file or directory).',
		],
		[
			'a state with another schema',
			['ERROR: Schema version mismatch.', '  Stored version: 7', '  Current version: 8', ''],
			'schema-mismatch',
			'This Vira cannot read the state: its schema is 7, not 8.',
		],
		[
			'a state without a schema',
			['ERROR: Found existing state but no schema version file.'],
			'schema-mismatch',
			'This Vira cannot read the state: it has a different schema.',
		],
		[
			'a state that another process holds',
			['Opening ViraState database...', 'vira: StateIsLocked "/home/alice/state/ViraState/open.lock"'],
			'state-locked',
			'Another process is using the state in /home/alice/state.',
		],
		[
			'a key that it cannot use',
			[...start, 'vira: no keys found'],
			'certificate-unusable',
			'Vira cannot use the key of its certificate.',
		],
		[
			'a missing certificate',
			[...opening, 'vira: /home/alice/c.pem: withBinaryFile: does not exist (No such file or directory)'],
			'certificate-unusable',
			'Vira cannot read /home/alice/c.pem: does not exist (No such file or directory).',
		],
		[
			'a key without read permission',
			[...opening, 'vira: /home/alice/k.pem: withBinaryFile: permission denied (Permission denied)'],
			'certificate-unusable',
			'Vira cannot read /home/alice/k.pem: permission denied (Permission denied).',
		],
		[
			'an option that it does not know',
			["Invalid option `--job-retention-days'", '', 'Usage: vira web [--port PORT]'],
			'unknown-option',
			'This Vira does not know the option --job-retention-days, or got it twice.',
		],
		[
			'gh fails',
			[
				...opening,
				'vira: readCreateProcess: /nix/store/x-gh/bin/gh "auth" "status" "--json" "hosts" (exit 1): failed',
			],
			'tool-failed',
			'A program that Vira needs at startup failed (exit status 1): /nix/store/x-gh/bin/gh auth status --json hosts',
		],
	])('%s', (_, lines, reason, message) => {
		expect(saidByVira(lines)).toMatchObject({reason, message});
	});

	test('several repositories are all named', () => {
		const lines = ['a', 'b'].flatMap((name) => [
			`Repository '"${name}"' already exists with different URL:`,
			`  Existing: "https://git.example/${name}"`,
			`  Import:   "https://other.example/${name}"`,
			'',
		]);
		expect(saidByVira(lines)?.message).toContain(
			'"a" with the URL https://git.example/a, "b" with the URL https://git.example/b',
		);
	});

	test('the program can have another name', () => {
		expect(saidByVira(['vira-0.2: no keys found'])).toMatchObject({reason: 'certificate-unusable'});
		expect(
			saidByVira(['.vira-wrapped: Network.Socket.bind: resource busy (Address already in use)']),
		).toMatchObject({
			reason: 'port-in-use',
		});
	});

	test('colors do not hide it', () => {
		expect(saidByVira(['\x1B[31mvira: no keys found\x1B[0m'])).toMatchObject({
			reason: 'certificate-unusable',
		});
	});

	test('the password in the URL that Vira has is not shown', () => {
		const lines = [
			`Repository '"a"' already exists with different URL:`,
			'  Existing: "https://me:s3cret@x/a"',
		];
		expect(saidByVira(lines)?.message).toContain('https://me:••••••@x/a');
	});
});

describe('no cause', () => {
	test.each([
		['in the output of every start', start],
		['in an empty log', []],
		[
			'in the output of a build',
			['09:00 ℹ️  INFO [job;9] vira: no keys found', 'see: Schema version mismatch.'],
		],
		[
			'in another unreadable file, which is not a certificate',
			['vira: /home/alice/state/schema-version: withBinaryFile: permission denied (Permission denied)'],
		],
		['in an unknown crash', [...start, 'vira: thread blocked indefinitely in an STM transaction']],
	])('%s', (_, lines) => {
		expect(saidByVira(lines)).toBeUndefined();
	});
});

test('of several causes, the last one counts', () => {
	const lines = ['vira: no keys found', 'vira: StateIsLocked "/s/ViraState/open.lock"'];
	expect(saidByVira(lines)?.reason).toBe('state-locked');
});
