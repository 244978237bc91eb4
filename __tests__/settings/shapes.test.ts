import {describe, expect, test} from '@jest/globals';
import {options} from '../../src/settings/options.ts';
import {parseEntry} from '../../src/settings/items.ts';
import {parseValue} from '../../src/settings/value.ts';

describe('hostname', () => {
	test.each([
		['localhost', 'localhost'],
		['bücher.example', 'bücher.example'],
		['192.0.2.7', '192.0.2.7'],
		['::1', '::1'],
		['[::1]', '::1'],
		['[2001:db8::7]', '2001:db8::7'],
	])('%s is passed to Vira as %s', (text, value) => {
		expect(parseValue(options.hostname, [text])).toEqual({good: true, value});
	});

	test.each(['', ' ', '[]', '[localhost]', '[::1', '::1]', 'a b', '-a', 'https://host', 'host/path', '_a'])(
		'%j is refused',
		(text) => {
			expect(parseValue(options.hostname, [text])).toEqual({
				good: false,
				problem: 'Must be a host name, an IPv4 address or an IPv6 address.',
			});
		},
	);
});

describe('base path', () => {
	test.each(['/', '/vira/', '/a/b/', '/é/', '/a//b/', '/~vira/'])('%s is accepted unchanged', (text) => {
		expect(parseValue(options.basePath, [text])).toEqual({good: true, value: text});
	});

	test.each([
		['/vira', '/vira/'],
		['vira', '/vira/'],
		['vira/', '/vira/'],
		['//vira/', '/vira/'],
		['/a/b', '/a/b/'],
		['https://ci.example.org/vira', '/vira/'],
	])('%s is refused, and %s suggested', (text, offered) => {
		expect(parseValue(options.basePath, [text])).toEqual({
			good: false,
			problem: `Use ${offered}: it must start and end with one /, or the links on Vira's pages point outside it.`,
		});
		expect(parseValue(options.basePath, [offered])).toEqual({good: true, value: offered});
	});

	test.each(['', '//', '/a b/', '/a?b/', '/a#b', '/\\host/', '/a\u001B[31m', `/${'a'.repeat(200)}`])(
		'%j is refused without a suggestion',
		(text) => {
			expect(parseValue(options.basePath, [text])).toEqual({
				good: false,
				problem: 'Must start and end with one /, without spaces, ? or #.',
			});
		},
	);
});

describe('a path', () => {
	test.each(['/srv/a\nExecStartPre=/bin/b', '~/a\r', '/srv/\n'])('%j, on two lines, is refused', (text) => {
		for (const option of [options.stateDir, options.tlsCert, options.package])
			expect(parseValue(option, [text])).toEqual({good: false, problem: 'Must be one line.'});
	});
});

describe('the name of a repository, which is a folder name', () => {
	test.each([
		'a',
		'-a',
		'...',
		'.git',
		'my project',
		'a:b',
		'a%2Fb',
		'~',
		'é',
		'a'.repeat(255),
		'é'.repeat(127),
	])('%s is valid', (name) => {
		expect(parseEntry(`${name}=/x`, options.repositories)).toEqual({good: true, value: [name, '/x']});
	});

	test.each(['', '.', '..', 'a/b', '/', ' a', 'a\u0007', 'a\tb', 'a\nb', 'a\u0085', '\u007F'])(
		'%j is not valid',
		(name) => {
			expect(parseEntry(`${name}=/x`, options.repositories)).toEqual({
				good: false,
				problem:
					'Must be a folder name: without /, = or control characters, not . or .., and without a space at the start.',
			});
		},
	);

	test.each(['a'.repeat(256), 'é'.repeat(128), '😀'.repeat(64)])(
		'one of 256 bytes is too long for a folder: %#',
		(name) => {
			expect(parseEntry(`${name}=/x`, options.repositories)).toEqual({
				good: false,
				problem: 'Must be at most 255 bytes: Vira creates a folder of this name.',
			});
		},
	);

	test('a URL without a name that has a control character in it is refused for that', () => {
		expect(parseEntry('https://git.example/a\u0007.git', options.repositories)).toEqual(
			parseEntry('a=https://git.example/a\u0007.git', options.repositories),
		);
	});

	test('a NUL in a name is refused, as in every text', () => {
		expect(parseEntry('a\0b=/x', options.repositories)).toEqual({
			good: false,
			problem: 'It contains a NUL character, which cannot be passed to a program. Remove it.',
		});
	});
});

describe('the URL of a repository', () => {
	test.each([
		'https://github.com/juspay/vira',
		'http://host:8080/x.git',
		'ssh://git@host:2222/x',
		'git+ssh://host/x',
		'git://host/x',
		'git@github.com:juspay/vira.git',
		'host:x',
		'alice@[2001:db8::7]:x',
		'[2001:db8::7]:x',
		'file:///srv/x.git',
		'/srv/x.git',
		'https://host/$x;y%20#z',
		'/srv/with space/x.git',
		'git@host:with space/x',
		'ftp://host/x',
	])('%s is a form of Git URL', (url) => {
		expect(parseEntry(`vira=${url}`, options.repositories)).toEqual({good: true, value: ['vira', url]});
	});

	test.each([
		'',
		'juspay/vira',
		'./x',
		'~/x',
		'--upload-pack=x:y',
		'-x:y',
		'HTTPS://host/x',
		'htps://host/x',
		'https://host/a b',
		'https://',
		'x',
	])('%j is not a Git URL', (url) => {
		expect(parseEntry(`vira=${url}`, options.repositories)).toEqual({
			good: false,
			problem:
				'Must be a Git URL: https://…, ssh://…, git@host:path, file:///…, or a path that starts with /.',
		});
	});

	test('a duplicate name is reported, not dropped', () => {
		expect(parseValue(options.repositories, ['a=/x', 'a=/y'])).toEqual({
			good: false,
			problem: 'a is given twice.',
		});
	});
});
