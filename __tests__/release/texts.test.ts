import {expect, test} from '@jest/globals';
import {homebrewFormula, nixRelease, obstacles, sectionOf} from '../../scripts/release/texts.ts';

const changelog =
	'# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n\n### Added\n\n- A.\n\n## [1.2.2]\n\n- B.\n';
const download = {url: 'https://x/vira-setup-1.2.3.tgz', sha256: '00ff'};

test('the notes are the section of the version, and an empty section is none', () => {
	expect(sectionOf(changelog, '1.2.3')).toBe('### Added\n\n- A.');
	expect(sectionOf(changelog, '1.2.2')).toBe('- B.');
	expect(sectionOf(changelog, 'Unreleased')).toBeUndefined();
	expect(sectionOf(changelog, '1.2')).toBeUndefined();
});

test('the flake and the formula get the URL and the hash, each as it writes one', () => {
	expect(JSON.parse(nixRelease('1.2.3', download))).toEqual({
		version: '1.2.3',
		url: download.url,
		hash: 'sha256-AP8=',
	});
	const formula = homebrewFormula('About', 'https://x', download);
	expect(formula).toContain(`url "${download.url}"\n  sha256 "00ff"\n`);
});

test('a release needs its tag, its section, a repository, and a README that knows of it', () => {
	const ready = {version: '1.2.3', changelog, readme: '', repository: 'OWNER/NAME', tag: 'v1.2.3'};
	expect(obstacles(ready)).toEqual([]);
	for (const missing of [
		{tag: undefined},
		{tag: 'v1.2.2'},
		{version: '1.2.4-beta.1', tag: 'v1.2.4-beta.1', changelog: '## [1.2.4-beta.1]\n\n- A.\n'},
		{changelog: ''},
		{repository: undefined},
		{readme: 'Nothing is published yet.'},
	])
		expect(obstacles({...ready, ...missing})).toHaveLength(1);
});
