import {expect, test} from '@jest/globals';
import {proxyFor, urlOf} from '../../../src/platform/network/address.ts';
import {settings} from '../../support/situation.ts';

test.each([
	[{}, 'https://localhost:5005/'],
	[{https: false}, 'http://localhost:5005/'],
	[{hostname: '192.0.2.7', port: 8443}, 'https://192.0.2.7:8443/'],
	[{hostname: 'ci.example.org', https: false}, 'http://ci.example.org:5005/'],
	[{hostname: '0.0.0.0'}, 'https://127.0.0.1:5005/'],
	[{hostname: '::'}, 'https://[::1]:5005/'],
	[{hostname: '::1', https: false}, 'http://[::1]:5005/'],
	[{hostname: '2001:db8::7'}, 'https://[2001:db8::7]:5005/'],
])('with %j, the page is at %s', (changes, url) => {
	expect(urlOf(settings(changes))).toBe(url);
	expect(URL.canParse(url)).toBe(true);
});

test.each([
	['/', undefined],
	['/vira/', {path: '/vira/', to: 'https://[::1]:5005/'}],
])('with the base path %s, a proxy has to forward: %j', (basePath, rule) => {
	const given = settings({basePath, hostname: '::'});
	expect([urlOf(given), proxyFor(given)]).toEqual(['https://[::1]:5005/', rule]);
});
