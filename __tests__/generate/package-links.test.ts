import {expect, test} from '@jest/globals';
import {manualPage} from '../../scripts/generate/manual.ts';
import {withLinks} from '../../scripts/generate/package-links.ts';

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
