import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Packs the package, installs it into an empty folder and runs it there: it has to bring all that it needs. */
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'vira-setup-package-'));
const run = (program: string, words: readonly string[], cwd: string): string =>
	execFileSync(program, words, {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']});

const expectThat = (holds: boolean, message: string): void => {
	if (!holds) throw new Error(`Not so: ${message}`);
	console.log(`✔ ${message}`);
};

try {
	// As README says, from a checkout. This comes first: packing builds the program in its published form.
	run('npm', ['install', '--silent', '--global', '--prefix', join(folder, 'global'), '.'], root);
	const linked = join(folder, 'global', 'bin', 'vira-setup');
	expectThat(run(linked, ['--version'], folder) !== '', 'it runs where npm installs it from a checkout');

	run('npm', ['pack', '--silent', '--pack-destination', folder], root);
	const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
	run('npm', ['install', '--silent', '--no-save', '--prefix', folder, join(folder, tarball)], folder);
	expectThat(
		readdirSync(join(folder, 'node_modules'))
			.filter((name) => !name.startsWith('.'))
			.join() === 'vira-setup',
		'it installs nothing beside itself',
	);
	const program = join(folder, 'node_modules', '.bin', 'vira-setup');
	const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		readonly version: string;
	};
	expectThat(run(program, ['--version'], folder).trim() === version, 'it prints its version');
	expectThat(
		run(program, ['help', 'install'], folder).includes('--max-concurrent-builds'),
		'it prints its help',
	);
	for (const machine of ['linux', 'macos']) {
		const {outcome} = JSON.parse(run(program, ['--simulate', machine, '--json'], folder)) as {
			readonly outcome: string;
		};
		expectThat(outcome === 'installed', `it installs on the simulated machine ${machine}`);
	}
	const entry = readFileSync(join(folder, 'node_modules', 'vira-setup', 'dist', 'cli.js'), 'utf8');
	// One line names Node, and one is the code.
	expectThat(entry.split('\n').length <= 2, 'its code is minified');
	const parts = ['man/vira-setup.1', 'assets/output.schema.json', 'assets/settings.schema.json'];
	expectThat(
		parts.every((path) => existsSync(join(folder, 'node_modules', 'vira-setup', path))),
		'it brings its manual page and the schemas',
	);
	const notices = readFileSync(
		join(folder, 'node_modules', 'vira-setup', 'dist', 'THIRD-PARTY-NOTICES.md'),
		'utf8',
	);
	expectThat(
		['ink', 'react', 'execa'].every((name) => notices.includes(`## ${name} `)),
		'it brings the licences of what is in it',
	);
} finally {
	rmSync(folder, {recursive: true, force: true});
}
