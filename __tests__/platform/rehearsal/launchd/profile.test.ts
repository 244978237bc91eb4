import {describe, expect, test} from '@jest/globals';
import type {Profile} from '../../../../src/platform/rehearsal/launchd/mac-state.ts';
import {macPresets} from '../../../../src/platform/rehearsal/launchd/fresh-mac.ts';
import {
	agentPath,
	gui,
	label,
	macIn,
	macWithAgent,
	typed,
	type Keys,
} from '../../../support/mac-rehearsal.ts';

const bootstrap = `launchctl bootstrap gui/501 ${agentPath}`;

/** What a fresh Mac of that profile answers to the last of the lines. */
const answer = async (profile: Partial<Profile>, lines: readonly string[]) => {
	const machine = await macWithAgent({mac: {profile}});
	const answers = [];
	for (const line of lines) answers.push(await typed(machine, line));
	return answers.at(-1);
};

describe('where the sources disagree', () => {
	const hint = 'Try re-running the command as root for richer errors.';
	const disable = `launchctl disable ${gui}`;

	test.each<readonly [Partial<Profile>, readonly string[], number, string]>([
		[{alreadyLoaded: 5}, [bootstrap, bootstrap], 5, `Bootstrap failed: 5: Input/output error\n${hint}`],
		[{alreadyLoaded: 37}, [bootstrap, bootstrap], 37, 'Bootstrap failed: 37: Operation already in progress'],
		[{alreadyLoaded: 17}, [bootstrap, bootstrap], 17, 'Bootstrap failed: 17: File exists'],
		[{disabledNonroot: 5}, [disable, bootstrap], 5, `Bootstrap failed: 5: Input/output error\n${hint}`],
		[{disabledNonroot: 119}, [disable, bootstrap], 119, 'Bootstrap failed: 119: Service is disabled'],
		[{bootoutMissing: 3}, [`launchctl bootout ${gui}`], 3, 'Boot-out failed: 3: No such process'],
		[
			{bootoutMissing: 113},
			[`launchctl bootout ${gui}`],
			113,
			'Boot-out failed: 113: Could not find specified service',
		],
		[
			{badRequestLine: true},
			[`launchctl print ${gui}`],
			113,
			`Bad request.\nCould not find service "${label}" in domain for user gui: 501`,
		],
	])('%j %j: %i', async (profile, lines, exit, text) => {
		expect(await answer(profile, lines)).toEqual([exit, text]);
	});

	test.each<readonly [125 | 112, boolean, string]>([
		[125, true, 'Could not print domain: 125: Domain does not support specified action'],
		[112, false, 'Could not find domain for user gui: 501'],
		[112, true, 'Bad request.\nCould not find domain for user gui: 501'],
	])('a gui domain that is gone: %i', async (domainAbsentCode, badRequestLine, text) => {
		const machine = await macWithAgent({mac: {profile: {domainAbsentCode, badRequestLine}}});
		await machine.events.guiLogout();
		expect(await typed(machine, 'launchctl print gui/501')).toEqual([domainAbsentCode, text]);
	});
});

describe('which switches were looked at is kept: the others have changed nothing', () => {
	const looking = `launchctl print ${gui}`;
	const listed = {LimitLoadToSessionType: ['Aqua', 'Background']};

	test.each<readonly [keyof Profile, readonly string[], Keys?]>([
		['alreadyLoaded', [bootstrap, bootstrap]],
		['disabledNonroot', [`launchctl disable ${gui}`, bootstrap]],
		['bootoutMissing', [`launchctl bootout ${gui}`]],
		['arraySessionTypes', [bootstrap], listed],
		['badRequestLine', [looking]],
	])('%s alone, after %j', async (name, lines, keys = {}) => {
		const machine = await macWithAgent({}, keys);
		for (const line of lines) await typed(machine, line);
		expect((await machine.events.mac()).consulted).toEqual([name]);
	});

	test('domainAbsentCode, and badRequestLine where its answer has that line', async () => {
		for (const [domainAbsentCode, more] of [
			[125, []],
			[112, ['badRequestLine']],
		] as const) {
			const machine = await macWithAgent({
				...macPresets.headless,
				mac: {...macPresets.headless.mac, profile: {domainAbsentCode}},
			});
			await typed(machine, looking);
			expect((await machine.events.mac()).consulted).toEqual(['domainAbsentCode', ...more]);
		}
	});

	test('none, while the sources agree; and what was looked at outlives the process', async () => {
		const machine = await macWithAgent();
		for (const line of [bootstrap, looking, `launchctl kickstart ${gui}`, `launchctl bootout ${gui}`])
			await typed(machine, line);
		expect((await machine.events.mac()).consulted).toEqual([]);
		await machine.sleep(5000);
		await typed(machine, looking);
		expect((await (await macIn(machine.folder)).events.mac()).consulted).toEqual(['badRequestLine']);
	});
});

describe('print-disabled, by version', () => {
	test.each([
		['12.7', '\n\tdisabled services = {\n\t\t"a" => true\n\t\t"b" => false\n\t}'],
		[
			'13.0',
			'\n\tdisabled services = {\n\t\t"a" => disabled\n\t\t"b" => enabled\n\t}\n\n\tlogin item associations = {\n\t}',
		],
	])('macOS %s', async (version, text) => {
		const machine = await macWithAgent({mac: {version}});
		await typed(machine, 'launchctl disable gui/501/a');
		await typed(machine, 'launchctl enable user/501/b');
		for (const domain of ['gui/501', 'user/501'])
			expect(await typed(machine, `launchctl print-disabled ${domain}`)).toEqual([0, text]);
		expect((await typed(machine, 'launchctl print-disabled system'))[1]).not.toContain('"a"');
	});
});
