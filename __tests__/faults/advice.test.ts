import {describe, expect, jest, test} from '@jest/globals';
import {asInDocument} from '../support/advice/fixes.ts';
import {follow, isElsewhere, isGood} from '../support/advice/follow.ts';
import {linuxSituations} from '../support/advice/linux-situations.ts';
import {macSituations} from '../support/advice/mac-situations.ts';
import {onRealMachine, notFollowed} from '../support/advice/elsewhere.ts';
import {printedCommands} from '../support/advice/printed-commands.ts';
import type {Simulated} from '../support/advice/simulated-shell.ts';
import type {Situation} from '../support/advice/situation.ts';
import {loopLimitMs} from '../support/limits.ts';

jest.setTimeout(loopLimitMs);

const demandGood = async <Machine extends Simulated>(situation: Situation<Machine>): Promise<void> => {
	const {printed, followed} = await follow(situation);
	expect(printed.map(asInDocument)).toEqual(situation.fixes.map(asInDocument));
	expect(followed.filter((one) => !isGood(one))).toEqual([]);
};

describe('each command that is printed for a problem fixes it when run as printed', () => {
	test.each(Object.entries(linuxSituations))('Linux: %s', async (_, situation) => demandGood(situation));
	test.each(Object.entries(macSituations))('macOS: %s', async (_, situation) => demandGood(situation));
});

const followed = [...Object.values(linuxSituations), ...Object.values(macSituations)].flatMap(({fixes}) =>
	fixes.filter((line) => !isElsewhere(line)),
);

/** A line without what the command does, and each end of it that a sentence, a command or `sudo` leads to: another part of the source writes it. */
const endsOf = (line: string): readonly string[] => {
	const ends = [
		line,
		...[...line.matchAll(/(?:: |\. |&& |then |sudo |\()/gu)].map(({index, 0: {length}}) =>
			line.slice(index + length),
		),
	];
	return ends.flatMap((end) => [end, end.replace(/ {3}.*$/u, '')]);
};

const lines = [...followed, ...onRealMachine].flatMap(endsOf);

test('every command in the source was run here or on a real machine, or there is a reason why not', () => {
	const open = printedCommands().filter(({pattern}) => !lines.some((line) => pattern.test(line)));
	expect([...new Set(open.map(({file, line}) => `${file}: ${line}`))].toSorted()).toEqual(
		Object.keys(notFollowed).toSorted(),
	);
});
