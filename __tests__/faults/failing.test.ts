import {env} from 'node:process';
import {describe, expect, test} from '@jest/globals';
import type {System} from '../../src/platform/system.ts';
import {attempt, type Attempt} from '../support/run-command.ts';
import {
	scenarios,
	differences,
	kinds,
	stageFor,
	timelessPictureOf,
	wordsOn,
	type Scenario,
	type Kind,
} from '../support/scenarios.ts';
import {failing, faultsOf, operationsIn, type Failing, type Operation} from '../support/fault-injection.ts';
import {forget} from '../support/disks.ts';
import type {Picture} from '../support/picture-of.ts';

/** All of them, or every how many-th. */
const stride = env['VIRA_SETUP_POINTS'] === 'all' ? 1 : 25;
const limitMs = 600_000;

/** A full or read-only disk, or a hanging manager, usually stays so. */
const lasting: readonly string[] = ['ENOSPC', 'EROFS', 'timeout'];

interface Case extends Failing {
	readonly operation: Operation;
}

/** Repeated requests are the same each time: the first ones are enough. */
const casesIn = (operations: readonly Operation[]): readonly Case[] => {
	const times = new Map<string, number>();
	return operations.flatMap((operation, index) => {
		const time = (times.get(operation.what) ?? 0) + 1;
		times.set(operation.what, time);
		if (time > 3) return [];
		return faultsOf(operation).flatMap((fault): readonly Case[] => [
			{operation, fault, at: index + 1},
			...(lasting.includes(fault) ? [{operation, fault, at: index + 1, stays: true}] : []),
		]);
	});
};

interface Ended extends Attempt {
	readonly now: Picture;
}

interface Bounds {
	readonly before: Picture;
	readonly after: Picture;
}

/** Whether a report mentions the difference: by its path, that of a parent folder, or by its subject. */
const isTold = (difference: string, text: string): boolean => {
	if (difference === '@lingering' || difference.startsWith('/var/lib/systemd/linger'))
		return text.includes('linger');
	// The report names the command that could not change the service.
	if (difference.startsWith('@') || difference.includes('.wants'))
		return /systemctl|launchctl|launchd/u.test(text);
	const parts = difference.split('/');
	const around = parts
		.map((_, count) => parts.slice(0, count + 1).join('/'))
		.filter((path) => path.split('/').length > 4);
	return (
		text.includes(difference) ||
		around.some((path) => [`${path} `, `${path}"`].some((one) => text.includes(one)))
	);
};

/** A folder cannot be deleted before its contents: the report can only name those. */
const untold = (from: Picture, {now, document}: Ended): readonly string[] => {
	const told = JSON.stringify([document['error'], document['notUndone'], document['leftovers']]);
	const different = differences(from, now);
	const innermost = different.filter((one) => !different.some((other) => other.startsWith(`${one}/`)));
	return innermost.filter((one) => !isTold(one, told));
};

/** Folders that others created in the meantime are not in our list. */
const receiptAlone = (paths: readonly string[]): boolean =>
	paths.every((path) => path.endsWith('/receipt.json'));

/** The errors in the report, one per line. */
const untruths = (ended: Ended, {before, after}: Bounds, scenario: Scenario): readonly string[] => {
	const {code, document, now} = ended;
	const text = JSON.stringify(document);
	const isChanged = document['changed'] || document['repaired'] === true;
	const fromBefore = differences(before, now);
	const fromAfter = differences(after, now);
	const onlyLooks = ['status', 'doctor', 'logs'].includes(scenario.words.join(' '));
	const isWell = code === 0 && !onlyLooks;
	return [
		...(text.includes('bug in vira-setup') ? ['it is called a bug of ours'] : []),
		...(code === 1 && document['outcome'] === 'failed' && !document['error']
			? ['it fails without a reason']
			: []),
		...(isWell && !receiptAlone(fromAfter) ? [`done, but ${fromAfter.join(', ')}`] : []),
		...(!isChanged && fromBefore.length > 0 ? [`unchanged, but ${fromBefore.join(', ')}`] : []),
		...(isChanged && !isWell && untold(before, ended).length > 0 && untold(after, ended).length > 0
			? [`not told of: ${untold(before, ended).join(', ')}`]
			: []),
	].map((one) => `${one} (exit ${code}): ${text.slice(0, 2000)}`);
};

/** A report must match what a check without a failure reports, or say that it is unknown. */
const runOn = async (
	fresh: () => Promise<Parameters<typeof timelessPictureOf>[0]>,
	words: readonly string[],
	around: (system: System) => System,
): Promise<Ended> => {
	const machine = await fresh();
	try {
		return {...(await attempt(around(machine), ...words)), now: await timelessPictureOf(machine)};
	} finally {
		forget(machine.folder);
	}
};

const check = async (
	kind: Kind,
	scenario: Scenario,
): Promise<{readonly count: number; readonly wrong: readonly string[]}> => {
	const fresh = await stageFor(kind, scenario);
	const words = wordsOn(scenario, kind);
	const whole = await fresh();
	const before = await timelessPictureOf(whole);
	const operations = await operationsIn(whole, (system) => attempt(system, ...words));
	const bounds = {before, after: await timelessPictureOf(whole)};
	const all = casesIn(operations);
	const cases = all.filter((_, index) => index % stride === 0);
	const wrong: string[] = [];
	for (const {operation, ...how} of cases) {
		const ended = await runOn(fresh, words, (system) => failing(system, how));
		const name = `${how.at}. ${operation.what}, ${how.fault}${how.stays ? ' from then on' : ''}`;
		wrong.push(...untruths(ended, bounds, scenario).map((one) => `${name}: ${one}`));
	}
	return {count: cases.length, wrong};
};

describe.each(Object.entries<Kind>(kinds))('on %s', (name, kind) => {
	test.each(Object.entries<Scenario>(scenarios))(
		'if any change fails in %s, the report is true and the machine matches it',
		async (title, scenario) => {
			const {count, wrong} = await check(kind, scenario);
			process.stdout.write(`${name}, ${title}: ${count} failures, ${wrong.length} untrue reports\n`);
			expect(wrong).toEqual([]);
			expect(count).toBeGreaterThan(0);
		},
		limitMs,
	);
});
