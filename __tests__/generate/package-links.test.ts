import {expect, test} from '@jest/globals';
import {manualPage} from '../../scripts/generate/manual.ts';
import {installScript, withLinks, withRepository} from '../../scripts/generate/package-links.ts';

test.each([
	'github:OWNER/NAME',
	'https://github.com/OWNER/NAME',
	{url: 'git+https://github.com/OWNER/NAME.git'},
])('the links follow from the repository %j', (repository) => {
	const links = {
		homepage: 'https://github.com/OWNER/NAME#readme',
		bugs: 'https://github.com/OWNER/NAME/issues',
	};
	expect(withLinks({repository})).toEqual({repository, ...links});
	expect(withLinks({repository, homepage: 'https://old/', bugs: 'https://old/'})).toEqual({
		repository,
		...links,
	});
});

test('without a repository there are no links, in the manual page either', () => {
	expect(withLinks({bugs: 'https://old/'})).toEqual({});
	expect(manualPage('1.2.3', '')).not.toContain('REPORTING BUGS');
	expect(manualPage('1.2.3', '', 'https://x/issues')).toContain('.SH REPORTING BUGS\nhttps://x/issues\n');
});

test.each(['OWNER/NAME', 'https://forge.example/OWNER/NAME', {}])(
	'the repository %j is refused',
	(repository) => {
		expect(() => withLinks({repository})).toThrow('github:OWNER/NAME');
	},
);

test('documents and install.sh name the repository, and nothing else changes', () => {
	const text =
		'npx github:OWNER/NAME, https://github.com/OWNER/NAME/issues, --repo OWNER/NAME, OWNER/NAME, github:OWNER/NAMES';
	const filled = withRepository(text, 'OWNER/NAME', 'a.b/c');
	expect(filled).toBe(
		'npx github:a.b/c, https://github.com/a.b/c/issues, --repo a.b/c, OWNER/NAME, github:OWNER/NAMES',
	);
	expect(withRepository(filled, 'a.b/c', 'OWNER/NAME')).toBe(text);
	const script = "repository=''\nversion='1'\nprint $version\n";
	expect(installScript(script, '2', 'a/b')).toBe(
		"repository='https://github.com/a/b'\nversion='2'\nprint $version\n",
	);
	expect(installScript(installScript(script, '2', 'a/b'), '1')).toBe(script);
});
