import {expect, test} from '@jest/globals';
import {masker} from '../../../src/settings/secrets/masker.ts';
import type {Settings} from '../../../src/settings/options.ts';
import {settingChanges} from '../../../src/steps/plan/changes.ts';
import {settings} from '../../support/situation.ts';

const between = (before: Partial<Settings>, after: Partial<Settings>) => {
	const [from, to] = [settings(before), settings(after)];
	return settingChanges({settings: to, mask: masker(from, to)}, from);
};

test('only what differs is a change, in the order of the form', () => {
	expect(between({port: 1000, https: true}, {https: false, port: 2000})).toEqual([
		{option: 'port', from: 1000, to: 2000},
		{option: 'https', from: true, to: false},
	]);
	expect(settingChanges({settings: settings(), mask: (text) => text}, undefined)).toEqual([]);
});

test('a secret that changes is a change, and is not shown', () => {
	const [change] = between({environment: {API_TOKEN: 'hunter1'}}, {environment: {API_TOKEN: 'hunter2'}});
	expect(change?.items).toEqual({added: [], changed: ['API_TOKEN'], removed: []});
	expect(JSON.stringify(change)).not.toContain('hunter');
});

test('items of lists and maps are compared by name', () => {
	const environment = {before: {OLD: '1', SAME: '2', X: '3'}, after: {SAME: '2', X: '4', NEW: '5'}};
	const [change] = between({environment: environment.before}, {environment: environment.after});
	expect(change?.items).toEqual({added: ['NEW'], changed: ['X'], removed: ['OLD']});
	const [packages] = between({extraPackages: ['/a', '/b']}, {extraPackages: ['/b', '/c']});
	expect(packages?.items).toEqual({added: ['/c'], changed: [], removed: ['/a']});
});
