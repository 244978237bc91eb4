import {expect, test} from '@jest/globals';
import {cautionsOn, isEverywhere} from '../../src/settings/warning.ts';
import type {Settings} from '../../src/settings/options.ts';
import {settings} from '../support/situation.ts';

test.each([
	[{}, []],
	[{hostname: '127.0.0.1'}, []],
	[{hostname: '::1'}, []],
	[{hostname: '0:0:0:0:0:0:0:1'}, []],
	[{hostname: '::ffff:127.0.0.1'}, []],
	[{hostname: '127.1'}, []],
	[{hostname: 'LOCALHOST'}, []],
	[{hostname: '::'}, ['hostname: Vira has no login: anyone who can reach :: port 5005 can run code as you.']],
	[
		{hostname: '0.0.0.0'},
		['hostname: Vira has no login: anyone who can reach 0.0.0.0 port 5005 can run code as you.'],
	],
	[
		{hostname: 'ci.example', port: 80},
		['hostname: Vira has no login: anyone who can reach ci.example port 80 can run code as you.'],
	],
	[
		{basePath: '/vira/', port: 80},
		[
			"basePath: Vira's pages will work only through a proxy that forwards /vira/ to port 80 and removes that path.",
		],
	],
	[
		{environment: {PATH: '/bin'}},
		[
			'environment: PATH replaces the folders where the service looks for programs, including those of Nix and of the system.',
		],
	],
	[
		{repositories: {a: 'https://me:pw@host/a', b: 'https://host/b'}},
		[
			'repositories: The URL of a contains a password or token, and Vira shows it to anyone who opens its page.',
		],
	],
	[
		{repositories: {a: 'https://host/x', b: 'https://host/x.git', c: 'https://host/y'}},
		['repositories: b has the same URL as a, so everything in it is built twice.'],
	],
] satisfies readonly (readonly [Partial<Settings>, readonly string[]])[])(
	'%j is allowed, with a warning: %j',
	(changes, told) => {
		expect(cautionsOn(settings(changes)).map(({option, message}) => `${option ?? ''}: ${message}`)).toEqual(
			told,
		);
	},
);

test.each(['0.0.0.0', '0', '::', '::0', '0:0:0:0:0:0:0:0'])(
	'%s means all addresses of the machine',
	(hostname) => {
		expect(isEverywhere(hostname)).toBe(true);
	},
);

test.each(['localhost', '127.0.0.1', '::1', '192.0.2.1', '[', ''])(
	'%j does not mean all addresses',
	(hostname) => {
		expect(isEverywhere(hostname)).toBe(false);
	},
);
