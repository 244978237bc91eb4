import {expect, test} from '@jest/globals';
import {defaultSettings} from '../../src/settings/options.ts';
import {differenceLines} from '../../src/ui/difference-lines.ts';

const defaults = defaultSettings({vira: '/opt/vira'});

test('what is set otherwise than by default has a line each, without its secrets', () => {
	const repositories = {a: '/srv/a', b: '/srv/b', c: '/srv/c', d: '/srv/d', e: '/srv/e'};
	const environment = {API_TOKEN: 'hunter2hunter2'};
	expect(
		differenceLines({...defaults, port: 5006, https: false, repositories, environment}, defaults),
	).toEqual([
		'Port            5006',
		'HTTPS           off',
		'Repositories    a=/srv/a, b=/srv/b, c=/srv/c, and 2 more',
		'Variables       API_TOKEN=••••••',
	]);
});

test('of the defaults there is nothing to say', () => {
	expect(differenceLines(defaults, defaults)).toEqual([]);
});
