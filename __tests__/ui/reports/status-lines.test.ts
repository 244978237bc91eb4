import {expect, test} from '@jest/globals';
import {defaultSettings} from '../../../src/settings/options.ts';
import {differenceLines} from '../../../src/ui/reports/status-lines.ts';

const defaults = defaultSettings({vira: '/opt/vira'});

test('each setting that differs from its default has a line, without secrets', () => {
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

test('for the defaults there are no lines', () => {
	expect(differenceLines(defaults, defaults)).toEqual([]);
});
