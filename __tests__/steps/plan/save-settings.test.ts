import {expect, test} from '@jest/globals';
import {defaultSettings} from '../../../src/settings/options.ts';
import {settingsSaver} from '../../../src/steps/plan/paths-in-form.ts';
import {simulate} from '../../support/simulated-linux.ts';

const settings = {...defaultSettings({vira: undefined}), port: 5006};

const saverOn = async () => {
	const system = await simulate();
	return {system, ...settingsSaver(system, {saved: {given: new Map(), unknown: {later: 1}}})};
};

test('the whole settings are written, with what other versions wrote', async () => {
	const {system, save} = await saverOn();
	expect(await save(settings, ' ~/mine.json ')).toEqual({path: '/home/alice/mine.json'});
	const text = await system.readFile('/home/alice/mine.json');
	expect(JSON.parse(text ?? '')).toMatchObject({port: 5006, hostname: 'localhost', later: 1});
});

test('the next free name is proposed', async () => {
	const {freePath, save} = await saverOn();
	expect(await freePath()).toBe('~/vira-settings.json');
	await save(settings, await freePath());
	expect(await freePath()).toBe('~/vira-settings-2.json');
});

test('nothing is replaced: neither a file nor a link', async () => {
	const {system, save} = await saverOn();
	await system.writeFile('/home/alice/there.json', 'mine', 0o600);
	expect(await save(settings, '~/there.json')).toEqual({
		problem: expect.stringContaining('/home/alice/there.json exists already.'),
	});
	expect(await system.readFile('/home/alice/there.json')).toBe('mine');
});

test.each([
	['~/no/such.json', '/home/alice/no does not exist.'],
	['~/new/', '/home/alice/new does not exist.'],
	['~', '/home/alice is a folder.'],
	['/etc/x.json', 'Cannot write to /etc: permission denied'],
	['x.json', 'must begin with / or ~/'],
	['', 'must begin with / or ~/'],
])('%j is not written: %s', async (typed, problem) => {
	const {save} = await saverOn();
	expect(await save(settings, typed)).toEqual({problem: expect.stringContaining(problem)});
});

test('a failure of the machine is a sentence', async () => {
	const {system} = await saverOn();
	const full = Object.assign(new Error('full'), {code: 'ENOSPC', path: '/home/alice/x.json'});
	const saver = settingsSaver({...system, writeFile: () => Promise.reject(full)}, {saved: undefined});
	expect(await saver.save(settings, '~/x.json')).toEqual({
		problem: 'No space left on device: /home/alice/x.json',
	});
});
