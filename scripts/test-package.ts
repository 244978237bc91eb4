import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {publint} from 'publint';
import {formatMessage} from 'publint/utils';
import packageFile from '../package.json' with {type: 'json'};
import {nodeBinary} from './nodes/node-binary.ts';
import {testedNodes} from './nodes/releases.ts';

/** Packs the package, installs it in the ways that its users do, and runs it there: it has to bring all that it needs. */
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'vira-setup-package-'));
const {name, version} = packageFile;

interface Surroundings {
	readonly cwd?: string;
	/** Folders before PATH. */
	readonly path?: readonly string[];
}

const run = (
	program: string,
	words: readonly string[],
	{cwd = folder, path = []}: Surroundings = {},
): string =>
	execFileSync(program, words, {
		cwd,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {...process.env, PATH: [...path, process.env['PATH']].join(delimiter)},
	});

const expectThat = (holds: boolean, message: string): void => {
	if (!holds) throw new Error(`Not so: ${message}`);
	console.log(`✔ ${message}`);
};

/** As docs/installing.md says. This comes first: packing builds the program in its published form. */
const checkCheckout = (): void => {
	run('npm', ['install', '--silent', '--global', '--prefix', join(folder, 'checkout'), '.'], {cwd: root});
	const linked = join(folder, 'checkout', 'bin', name);
	expectThat(run(linked, ['--version']) !== '', 'it runs where npm installs it from a checkout');
};

const pack = (): string => {
	run('npm', ['pack', '--silent', '--pack-destination', folder], {cwd: root});
	const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
	return tarball;
};

const checkForm = async (tarball: string): Promise<void> => {
	const bytes = new Uint8Array(readFileSync(tarball)).buffer;
	const {messages, pkg} = await publint({pack: {tarball: bytes}, strict: true});
	for (const message of messages) console.error(formatMessage(message, pkg));
	expectThat(messages.length === 0, 'publint has no remark');
};

const checkContents = (installed: string): void => {
	const read = (file: string): string => readFileSync(join(installed, 'dist', file), 'utf8');
	expectThat(read('cli.js').split('\n').length <= 2, 'its code is minified');
	const parts = ['man/vira-setup.1', 'assets/output.schema.json', 'assets/settings.schema.json'];
	expectThat(
		parts.every((path) => existsSync(join(installed, path))),
		'it brings its manual page and the schemas',
	);
	const notices = read('THIRD-PARTY-NOTICES.md');
	expectThat(
		['ink', 'react', 'execa'].every((used) => notices.includes(`## ${used} `)),
		'it brings the licences of what is in it',
	);
};

/** With npm on that Node, into folders that are empty; returns the folder of the installed package. */
const checkOn = (node: string, tarball: string): string => {
	const on = `on Node ${node}`;
	const bin = dirname(nodeBinary(node));
	const prefix = join(folder, node);
	const npm = {path: [bin]};
	run('npm', ['install', '--silent', '--global', '--prefix', prefix, tarball], npm);
	const modules = join(prefix, 'lib', 'node_modules');
	expectThat(readdirSync(modules).join() === name, `npm installs it, and nothing beside it, ${on}`);
	const installed = {path: [join(prefix, 'bin'), bin]};
	expectThat(run(name, ['--version'], installed).trim() === version, `it prints its version ${on}`);
	const help = run(name, ['help', 'install'], installed);
	expectThat(help.includes('--max-concurrent-builds'), `it prints its help ${on}`);
	for (const machine of ['linux', 'macos']) {
		const printed = run(name, ['--simulate', machine, '--json'], installed);
		const {outcome} = JSON.parse(printed) as {readonly outcome: string};
		expectThat(outcome === 'installed', `it installs on the simulated machine ${machine} ${on}`);
	}
	const cache = ['--cache', join(folder, `cache-${node}`)];
	const once = run('npx', ['--yes', ...cache, '--package', tarball, name, '--version'], npm);
	expectThat(once.trim() === version, `npx runs it without an installation ${on}`);
	return join(modules, name);
};

try {
	checkCheckout();
	const tarball = pack();
	await checkForm(tarball);
	checkContents(checkOn(testedNodes['20'] ?? '', tarball));
	checkOn(testedNodes['26'] ?? '', tarball);
} finally {
	rmSync(folder, {recursive: true, force: true});
}
