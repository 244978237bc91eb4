import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {expect, test} from '@jest/globals';
import {allCommandNames} from '../../src/command-line/commands.ts';
import {runFlags} from '../../src/command-line/run-flags.ts';
import {exitStatuses, manualPage} from '../../scripts/generate/manual.ts';
import {flags, variableOf} from '../../src/settings/flags.ts';
import {testWith} from '../support/where-installed.ts';

const page = manualPage('1.2.3', '2026-03-01');

/** As readers see it: without requests and fonts, with every sentence on one line. */
const read = page
	.split('\n')
	.filter((line) => !line.startsWith('.'))
	.join(' ')
	.replaceAll(/\\f[BIR]/gu, '')
	.replaceAll(String.raw`\-`, '-');

test('every command, flag, variable and exit status is described', () => {
	for (const verb of allCommandNames)
		expect(page).toMatch(new RegExp(String.raw`^\.TP\n\\fB${verb.replaceAll('-', '\\\\-')}\\fR`, 'mu'));
	for (const name of Object.keys(runFlags)) expect(read).toContain(` --${name} `);
	for (const flag of flags) {
		expect(read).toMatch(new RegExp(String.raw` --${flag.name}[ ,]`, 'u'));
		expect(read).toContain(` ${variableOf(flag)} Same as --${flag.name}`);
		expect(read.includes(` --no-${flag.name} `)).toBe(flag.negatable);
	}
	for (const [status, meaning] of exitStatuses) expect(read).toContain(` ${status} ${meaning}`);
});

test('text copied from the page is exact: hyphens are not dashes, and ~ is the home folder', () => {
	expect(page).toContain(String.raw`vira\-setup \-\-check \-\-config vira.json`);
	expect(page).toContain(String.raw`\(ti/.config/vira\-setup/settings.json`);
	expect(page).toContain(String.raw`Vira\(aqs`);
});

test('docs/scripts.md lists the same exit statuses', () => {
	const scripts = readFileSync(new URL('../../docs/scripts.md', import.meta.url), 'utf8');
	const rows = [...scripts.matchAll(/^\| (\d+) +\| (.*?) *\|$/gmu)].map(([, status, meaning = '']) => [
		Number(status),
		meaning.replaceAll('`', ''),
	]);
	expect(rows).toEqual(exitStatuses);
});

/** What a program for manual pages reports about ours. */
const remarks = (program: string, words: readonly string[], text = page): string => {
	const {stdout, stderr} = spawnSync(program, [...words], {input: text, encoding: 'utf8'});
	return program === 'mandoc' ? stdout + stderr : stderr;
};

testWith('mandoc')('mandoc reports no problems', () => {
	expect(remarks('mandoc', ['-T', 'lint'])).toBe('');
	expect(remarks('mandoc', ['-T', 'lint'], page.replace('.SH NAME', '.XX NAME'))).toContain('unknown macro');
});

testWith('groff')('groff reports no problems', () => {
	expect(remarks('groff', ['-man', '-ww', '-Tutf8'])).toBe('');
	expect(remarks('groff', ['-man', '-ww', '-Tutf8'], `${page}\n.XX\n`)).toContain('XX');
});
