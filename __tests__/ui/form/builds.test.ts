import {expect, test} from '@jest/globals';
import type {BuildCheck} from '../../../src/steps/readiness/build-check.ts';
import {
	amissIn,
	checkingBegun,
	fixable,
	nothingChecked,
	resultsOf,
	withPart,
} from '../../../src/ui/form/builds.ts';
import {settings} from '../ink/fixture.ts';

const result = (level: BuildCheck['level'], message: string, rest: Partial<BuildCheck> = {}): BuildCheck => ({
	group: 'nix',
	code: 'code',
	level,
	message,
	...rest,
});

const nix = {group: 'nix', checks: [result('warning', 'Nix is old.'), result('note', 'A note.')]} as const;
const web = {group: 'repositories', item: 'web', checks: [result('error', 'web: no.')]} as const;

test('what is amiss begins with errors, and has no notes', () => {
	const builds = [nix, web].reduce(withPart, nothingChecked);
	expect(amissIn(builds).map(({message}) => message)).toEqual(['web: no.', 'Nix is old.']);
});

test('a result of a repository stays while others are checked, until its URL changes or it is removed', () => {
	const of = {...settings, repositories: {web: '/a', app: '/b'}};
	const known = [web, {...web, item: 'app'}].reduce(withPart, checkingBegun(nothingChecked, of));
	const left = (repositories: Readonly<Record<string, string>>): number =>
		resultsOf(checkingBegun(known, {...settings, repositories}), 'repositories').length;
	expect([left({web: '/a', app: '/b', x: '/c'}), left({web: '/other', app: '/b'}), left({})]).toEqual([
		2, 1, 0,
	]);
});

test('repositories have the order of the settings, whichever is known first', () => {
	const of = {...settings, repositories: {app: '/b', web: '/a'}};
	const app = {...web, item: 'app', checks: [result('ok', 'git can read app')]};
	const builds = [web, app].reduce(withPart, checkingBegun(nothingChecked, of));
	expect(resultsOf(builds, 'repositories')).toEqual([...app.checks, ...web.checks]);
});

test('variables of the shell can be given to the service', () => {
	const checks = [
		result('warning', 'A proxy.', {variables: {https_proxy: 'http://p'}}),
		result('ok', 'Fine.'),
	];
	expect(fixable(withPart(nothingChecked, {group: 'environment', checks}))).toEqual(checks.slice(0, 1));
});
