import {expect, test} from '@jest/globals';
import type {Settings} from '../../src/settings/options.ts';
import {problemsOf} from '../../src/settings/rules.ts';
import {settings} from '../support/situation.ts';

test.each([
	[{}, []],
	[{tlsCert: '/c.pem', tlsKey: '/k.pem'}, []],
	[{tlsCert: '/c.pem'}, ['tlsKey']],
	[{tlsKey: '/k.pem'}, ['tlsCert']],
	[{https: false, tlsCert: '/c.pem', tlsKey: '/k.pem'}, []],
	[{https: false, tlsCert: '/c.pem'}, []],
	[{package: ''}, ['package']],
	[{environment: {PATH: '/bin'}}, []],
	[{environment: {PATH: '/bin'}, extraPackages: ['/opt/x']}, ['environment']],
] satisfies readonly (readonly [Partial<Settings>, readonly string[]])[])(
	'%j is rejected at %j',
	(changes, options) => {
		expect(problemsOf(settings(changes), 'linux').map(({option}) => option)).toEqual(options);
	},
);
