import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {findRepeated, findUnwanted} from './words/find-unwanted.ts';

/**
 * Fails on phrases that must not come back in what people read, and on sentences that are written twice.
 * `npm run words -- PATH…` looks into files whose paths begin so.
 */
const root = join(import.meta.dirname, '..');
const wanted = process.argv.slice(2);

/** Other programs' words, as they print them; and the page that names what not to say. */
const isQuoted = (path: string): boolean => path.startsWith('src/simulator/') || path === 'CONTRIBUTING.md';

const git = ['ls-files', 'src', 'scripts/generate', 'docs', 'assets', 'man', '*.md'];
// Git lists a file several times while a merge is unfinished.
const paths = [...new Set(execFileSync('git', git, {cwd: root, encoding: 'utf8'}).split('\n'))]
	.filter((path) => /\.(?:tsx?|md|1|json|svg)$/u.test(path))
	.filter((path) => wanted.length === 0 || wanted.some((start) => path.startsWith(start)));
const files = paths.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);

const lines: string[] = [];
for (const [path, content] of files) {
	if (isQuoted(path)) continue;
	for (const {line, phrase, better, text} of findUnwanted(path, content))
		lines.push(`${path}:${line}: "${phrase}" (better: ${better}): ${text.trim().slice(0, 160)}`);
}
for (const {text, places} of findRepeated(files.filter(([path]) => /\.tsx?$/u.test(path) && !isQuoted(path))))
	lines.push(`written ${places.length} times: "${text}": ${places.join(' ')}`);

for (const line of lines) process.stdout.write(`${line}\n`);
process.exitCode = lines.length > 0 ? 1 : 0;
