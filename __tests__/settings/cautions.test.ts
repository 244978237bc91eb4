import {expect, test} from '@jest/globals';
import {cautionsOn} from '../../src/settings/cautions.ts';
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
	[{hostname: '::'}, ['hostname: Vira has no login: whoever reaches :: port 5005 can run code as you.']],
	[
		{hostname: '0.0.0.0'},
		['hostname: Vira has no login: whoever reaches 0.0.0.0 port 5005 can run code as you.'],
	],
	[
		{hostname: 'ci.example', port: 80},
		['hostname: Vira has no login: whoever reaches ci.example port 80 can run code as you.'],
	],
	[
		{basePath: '/vira/', port: 80},
		[
			"basePath: Vira's pages will work only through a proxy that passes /vira/ on to port 80, without that path.",
		],
	],
	[
		{environment: {PATH: '/bin'}},
		[
			'environment: PATH replaces the folders in which the service looks for programs, those of Nix and of the system among them.',
		],
	],
	[
		{repositories: {a: 'https://me:pw@host/a', b: 'https://host/b'}},
		['repositories: The URL of a holds a password or token: Vira shows it to whoever opens its page.'],
	],
] satisfies readonly (readonly [Partial<Settings>, readonly string[]])[])(
	'%j is allowed, with a warning: %j',
	(changes, told) => {
		expect(cautionsOn(settings(changes)).map(({option, message}) => `${option ?? ''}: ${message}`)).toEqual(
			told,
		);
	},
);
