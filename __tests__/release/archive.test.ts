import {expect} from '@jest/globals';
import {execFileSync} from 'node:child_process';
import {chmodSync, readFileSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {archive} from '../../scripts/release/archive.ts';
import {newFolder} from '../support/new-folder.ts';
import {testWhere} from '../support/where-installed.ts';

const testWithGnu = testWhere(process.platform === 'linux', 'releases are packed on Linux');

testWithGnu(
	'the same files give the same bytes, whoever packs them and when, and programs can be started',
	() => {
		const folder = newFolder();
		const [program, licence] = [join(folder, 'program'), join(folder, 'licence')];
		writeFileSync(program, '#!/bin/sh\necho started\n', {mode: 0o755});
		writeFileSync(licence, 'MIT');
		const packed = (name: string): Buffer => {
			archive('inside', {start: program, LICENSE: licence}, join(folder, name));
			return readFileSync(join(folder, name));
		};
		const before = packed('before.tar.gz');
		chmodSync(licence, 0o600);
		utimesSync(program, 1, 1);
		expect(packed('after.tar.gz').equals(before)).toBe(true);
		execFileSync('tar', ['-xzf', join(folder, 'after.tar.gz'), '-C', folder]);
		expect(execFileSync(join(folder, 'inside', 'start'), {encoding: 'utf8'})).toBe('started\n');
		expect(readFileSync(join(folder, 'inside', 'LICENSE'), 'utf8')).toBe('MIT');
	},
);
