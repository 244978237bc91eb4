import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';
import {oneFileBundle} from './bundle-options.ts';
import {cacheFolder, nodeBinary, nodeLicence} from './nodes/node-binary.ts';
import {nodeInBinary, targets, type Target} from './nodes/releases.ts';

/** Builds executables that need no Node: for this machine, for each `--target`, or for `--target all`. */
const root = join(import.meta.dirname, '..');
const {values} = parseArgs({options: {target: {type: 'string', multiple: true}}});

const targetNamed = (name: string): Target => {
	const found = targets.find((target) => target === name);
	if (found === undefined) throw new Error(`${name} is not one of ${targets.join(', ')}, all.`);
	return found;
};

const host = targetNamed(`${process.platform}-${process.arch}`);
const wanted = values.target ?? [host];
const chosen = wanted.includes('all') ? targets : wanted.map((name) => targetNamed(name));

const work = join(cacheFolder, 'bundle');
const main = 'vira-setup.mjs';
await build({...oneFileBundle, absWorkingDir: root, entryPoints: ['src/cli.ts'], outfile: join(work, main)});

/** V8 writes names in the order of their hashes, which are random: with this the same source gives the same bytes. */
const sameBytes = '--random-seed=1';

/** See https://nodejs.org/api/single-executable-applications.html. */
const buildFor = (target: Target): string => {
	const output = join(root, 'build', 'binary', `vira-setup-${target}`);
	const settings = {
		// The path is in the executable: a relative one is the same in every checkout.
		main,
		mainFormat: 'module',
		executable: nodeBinary(nodeInBinary, target),
		output,
		disableExperimentalSEAWarning: true,
		// NODE_OPTIONS is for the Node that a person has.
		execArgvExtension: 'none',
		// Compiled code is for one processor and system: another has to compile, which takes a tenth of a second.
		useCodeCache: target === host,
	};
	const settingsFile = join(work, `${target}.json`);
	writeFileSync(settingsFile, JSON.stringify(settings));
	mkdirSync(join(root, 'build', 'binary'), {recursive: true});
	execFileSync(nodeBinary(nodeInBinary, host), [sameBytes, '--build-sea', settingsFile], {
		cwd: work,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	copyFileSync(nodeLicence(nodeInBinary, target), join(root, 'build', 'binary', 'NODE-LICENSE.txt'));
	return output;
};

for (const target of chosen) {
	const output = buildFor(target);
	console.log(`✔ ${output}: ${(statSync(output).size / 1e6).toFixed(0)} MB`);
}
