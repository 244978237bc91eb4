import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from '@jest/globals';
import {executableHeader} from '../../scripts/nodes/executable-header.ts';
import {targets, type Target} from '../../scripts/nodes/releases.ts';
import {ownEnvironment} from '../support/run-program.ts';

const pathOf = (target: Target): string =>
	fileURLToPath(new URL(`../../build/binary/vira-setup-${target}`, import.meta.url));

const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
	readonly version: string;
};

const headers: Readonly<Record<Target, object>> = {
	'linux-x64': {system: 'linux', processor: 'x64'},
	'linux-arm64': {system: 'linux', processor: 'arm64'},
	'darwin-arm64': {system: 'darwin', processor: 'arm64', oldestSystem: '13.5', isSigned: false},
	'darwin-x64': {system: 'darwin', processor: 'x64', oldestSystem: '13.5', isSigned: false},
};

for (const target of targets) {
	const isBuilt = existsSync(pathOf(target));
	const how = isBuilt ? '' : ' (skipped: `npm run binary -- --target all` builds it)';
	(isBuilt ? test : test.skip)(`the executable for ${target} says so, and runs what is in it${how}`, () => {
		const bytes = readFileSync(pathOf(target));
		expect(executableHeader(bytes)).toEqual(headers[target]);
		// Node turns the last digit to 1 when something is in it.
		expect(bytes.includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1')).toBe(true);
	});
}

test('it prints its version, whatever is set for the Node of the machine', () => {
	const env = {...ownEnvironment(), NODE_OPTIONS: '--no-such-option'};
	const printed = execFileSync(pathOf('linux-x64'), ['--version'], {env, encoding: 'utf8'});
	expect(printed).toBe(`${version}\n`);
});
