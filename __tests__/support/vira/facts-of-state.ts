import {lines, opening, closing, ended, ofRepositories, page, webOver, type Fact} from './fact.ts';
import type {StandIn} from './stand-in.ts';

/** The object in what `vira export` prints. */
const exported = async ({run}: StandIn): Promise<unknown> => {
	const {stdout} = await run('--state-dir STATE export');
	return /^\{.*\}/mu.exec(stdout)?.[0];
};

const conflict = lines(
	'Import failed: Repository import failed:',
	`Repository '"page"' already exists with different URL:`,
	'  Existing: "https://a"',
	'  Import:   "https://b"',
	'',
	closing,
);

/** Starts serving with a repository, ends by a signal, and returns what remains in the state folder. */
const leftAfter = async (vira: StandIn, signal: 'SIGTERM' | 'SIGINT'): Promise<unknown> => {
	await vira.write('STATE/../repositories.json', page);
	const {stdout: before} = await vira.begin(webOver('--import STATE/../repositories.json'));
	const {status, signal: by, stdout, stderr} = await vira.end(signal);
	const hasCheckpoint = (await vira.read('STATE/ViraState/checkpoint.json')) !== undefined;
	const lock = await vira.read('STATE/ViraState/open.lock');
	const object = await exported(vira);
	return {status, by, says: stdout.slice(before.length), stderr, hasCheckpoint, lock, object};
};

const exports: readonly Fact[] = [
	{
		title: 'export prints the object between the lines about opening and closing',
		see: ({run}) => run('--state-dir STATE export'),
		is: ended(0, lines(...opening, `{"repositories":{}}${closing}`)),
	},
	{
		title: 'import says where from, and accepts only the object',
		see: async ({run}) => [
			await run('--state-dir STATE import', page),
			await run('--state-dir STATE import', `${page}${closing}\n`),
		],
		is: [
			ended(0, lines(...opening, 'Imported from: stdin', closing)),
			ended(1, lines(...opening, 'Import failed: Invalid JSON format', closing)),
		],
	},
];

const imports: readonly Fact[] = [
	{
		title: 'an import adds what does not conflict, and fails',
		see: async (vira) => [
			(await vira.run('--state-dir STATE import', page)).status,
			await vira.run('--state-dir STATE import', ofRepositories({page: 'https://b', new: 'https://n'})),
			await exported(vira),
		],
		is: [0, ended(1, lines(...opening) + conflict), ofRepositories({new: 'https://n', page: 'https://a'})],
	},
	{
		title: 'so does a start with --import, which does not serve then',
		see: async (vira) => {
			await vira.run('--state-dir STATE import', page);
			await vira.write('STATE/../it.json', ofRepositories({page: 'https://b', new: 'https://n'}));
			return [await vira.begin(webOver('--import STATE/../it.json')), await exported(vira)];
		},
		is: [ended(1, lines(...opening) + conflict), ofRepositories({new: 'https://n', page: 'https://a'})],
	},
	{
		title: 'a missing file to import ends it',
		see: ({begin}) => begin(webOver('--import /nowhere/it.json')),
		is: ended(
			1,
			lines(...opening, closing),
			lines('vira: /nowhere/it.json: openBinaryFile: does not exist (No such file or directory)'),
		),
	},
];

const endings: readonly Fact[] = [
	{
		title: 'SIGTERM ends it immediately, without output or a checkpoint, and loses nothing',
		see: (vira) => leftAfter(vira, 'SIGTERM'),
		is: {status: null, by: 'SIGTERM', says: '', stderr: '', hasCheckpoint: false, lock: '', object: page},
	},
	{
		title: 'SIGINT makes it write a checkpoint first',
		see: (vira) => leftAfter(vira, 'SIGINT'),
		is: {
			status: null,
			by: 'SIGINT',
			says: lines(closing),
			stderr: '',
			hasCheckpoint: true,
			lock: '',
			object: page,
		},
	},
	{
		title: 'another process is blocked while it serves, and by nothing that has exited',
		see: async ({begin, run, end}) => {
			await begin(webOver(''));
			const meanwhile = await run('--state-dir STATE export');
			await end('SIGTERM');
			return [meanwhile, (await run('--state-dir STATE export')).status];
		},
		is: [ended(1, lines(opening[0] ?? ''), lines('vira: StateIsLocked "STATE/ViraState/open.lock"')), 0],
	},
];

/** What was observed about its state: exports, imports, and how it exits. */
export const stateFacts: readonly Fact[] = [...exports, ...imports, ...endings];
