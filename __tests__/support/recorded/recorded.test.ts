import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {gitHubToken, login} from '../../system/forge/forge.ts';
import {loginSituations} from '../../system/forge/login-situations.ts';
import {nixSituations} from '../../system/forge/nix-situations.ts';
import {passphrase} from '../../system/forge/situation.ts';
import {situations} from '../../system/forge/situations.ts';
import {recordedGh, recordedGit, recordedNix} from './recorded.ts';

const suites = ['bullseye', 'bookworm', 'trixie'] as const;
const names = (all: readonly {readonly name: string}[]): readonly string[] => all.map(({name}) => name);

test.each(suites)('%s: each situation of the forge and of Nix is recorded', (suite) => {
	expect(recordedGit(suite).map(({situation}) => situation)).toEqual(names(situations));
	expect(recordedNix(suite).map(({situation}) => situation)).toEqual(names(nixSituations));
});

test.each(['bookworm', 'trixie'] as const)('%s: each situation of gh is recorded', (suite) => {
	expect(recordedGh(suite).map(({situation}) => situation)).toEqual(
		names(loginSituations).filter((name) => name.startsWith('gh-')),
	);
});

test.each(suites)('%s: no secret is recorded', (suite) => {
	for (const name of ['git.json', 'nix.json', ...(suite === 'bullseye' ? [] : ['gh.json'])]) {
		const text = readFileSync(join(import.meta.dirname, suite, name), 'utf8');
		expect(text).not.toMatch(new RegExp(`${login.password}|${passphrase}|${gitHubToken}|-----BEGIN`, 'u'));
	}
});
