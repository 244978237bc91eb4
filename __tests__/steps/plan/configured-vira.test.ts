import {describe, expect, test} from '@jest/globals';
import {Cancelled} from '../../../src/errors.ts';
import type {System} from '../../../src/platform/system.ts';
import {adviceFor} from '../../../src/steps/plan/propose.ts';
import {detect} from '../../../src/steps/detect.ts';
import {parseRequest} from '../../../src/command-line/request.ts';
import type {Ui} from '../../../src/ui/ui.ts';
import {setup} from '../../../src/commands/setup.ts';
import {simulateMac} from '../../support/simulated-mac.ts';
import {simulate} from '../../support/simulated-linux.ts';
import {run, told} from '../../support/run-command.ts';
import {settings} from '../../support/situation.ts';

const own = {path: '/opt/vira-2/bin/vira', version: '0.2.0', schema: 3, behaviour: 'well'} as const;
/** It is on PATH too, through a link. */
const onPath = {vira: own, links: {'/usr/local/bin/vira': own.path}};
const nowhere = {vira: undefined, nix: undefined} as const;

const machines: Readonly<Record<string, (given: object) => Promise<System>>> = {
	Linux: (given) => simulate({...nowhere, ...given}),
	'a Mac': (given) => simulateMac({...nowhere, ...given}),
};

/** What is reported about Vira for these settings. */
const toldOf = async (system: System, wanted: string | undefined): Promise<readonly string[]> => {
	const given = wanted === undefined ? undefined : settings({package: wanted});
	const advice = await adviceFor(system, await detect(system), given);
	return advice
		.filter(({code}) => code === 'vira' || code === 'no-vira')
		.map(({level, message: title}) => `${level}: ${title}`);
};

const never = () => Promise.reject(new Error('Nobody asks for this.'));

/** The titles on the first screen, for a user who leaves there. */
const titlesAsked = async (system: System, ...words: readonly string[]): Promise<readonly string[]> => {
	const titles: string[] = [];
	const ui: Ui = {
		refuse: never,
		askRemoval: never,
		follow: never,
		conclude: never,
		ask: ({advice}) => {
			titles.push(...advice.map(({message: title}) => title));
			return Promise.reject(new Cancelled());
		},
		close: () => undefined,
	};
	const request = await parseRequest(words, {environment: {}, read: async () => undefined});
	const asked = setup({request, system, signal: new AbortController().signal}, Promise.resolve(ui));
	await expect(asked).rejects.toBeInstanceOf(Cancelled);
	return titles;
};

const none = 'warning: Neither Vira nor Nix, which could build it, was found on this machine.';
const found = 'ok: Vira 0.2.0 at /usr/local/bin/vira';
const configured = 'ok: Vira 0.2.0 at /opt/vira-2/bin/vira';

describe.each(Object.keys(machines))('on %s', (platform) => {
	const machineWith = machines[platform] ?? simulate;

	test.each([
		['nothing set, nothing found', {vira: own}, undefined, none],
		['one set that exists', {vira: own}, own.path, configured],
		['one set by its folder', {vira: own}, '/opt/vira-2', configured],
		['one set, another found', onPath, own.path, configured],
		['nothing set, one found', onPath, undefined, found],
		['one set that does not exist', {}, '/opt/gone', none],
		['one set that does not exist, another found', onPath, '/opt/gone', found],
	])('%s', async (_, given, wanted, says) => {
		expect(await toldOf(await machineWith(given), wanted)).toEqual([says]);
	});

	test('doctor reports the running Vira, even if none would be found', async () => {
		const system = await machineWith({vira: own});
		expect((await run(system, '--package', own.path)).document['outcome']).toBe('installed');
		const [, document] = await told(system, 'doctor');
		expect(document['checks']).toContainEqual(
			expect.objectContaining({level: 'ok', code: 'vira', message: 'Vira 0.2.0 at /opt/vira-2/bin/vira'}),
		);
		expect(document['checks']).not.toContainEqual(expect.objectContaining({code: 'no-vira'}));
	});

	test('so does the first screen of the wizard, on the first run and on the next', async () => {
		const system = await machineWith({vira: own});
		const given = ['--package', own.path];
		expect(await titlesAsked(system, ...given)).toContain('Vira 0.2.0 at /opt/vira-2/bin/vira');
		await run(system, ...given);
		expect(await titlesAsked(system)).toContain('Vira 0.2.0 at /opt/vira-2/bin/vira');
	});
});
