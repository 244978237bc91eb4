import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {escapedInPlist, masker} from '../../../src/settings/secrets/masker.ts';
import {escapedInUnit} from '../../../src/settings/unit-value.ts';
import {settings} from '../../support/situation.ts';

const names = ['A_TOKEN', 'B_SECRET', 'DB_PASS'] as const;

/** Few different letters, so that secrets often begin the same way. */
const secret = fc.string({
	unit: fc.constantFrom('a', 'b', 'X', '1', '"', '\\', '%', '<', '-', '/'),
	minLength: 1,
});
const secrets = fc.tuple(secret, secret, fc.oneof(secret, fc.string({minLength: 16, maxLength: 20})));

const spellings = (text: string): readonly string[] => {
	const inJson = JSON.stringify(text).slice(1, -1);
	const doubled = [inJson, text].map((one) => one.replaceAll('%', '%%'));
	return [text, inJson, escapedInUnit(text), escapedInPlist(text), ...doubled];
};

/** The same in the simplest way: one secret after the other, the longest first. */
const hiddenOneByOne = (all: readonly string[], text: string): string => {
	const spelled = all
		.flatMap((value, index) => spellings(value).map((one) => ({name: names[index] ?? '', one})))
		.toSorted((some, other) => other.one.length - some.one.length);
	let shown = text;
	for (const {name, one} of spelled)
		for (const place of [`${name}=`, `"${name}": "`, `"${name}":"`])
			shown = shown.replaceAll(place + one, `${place}••••••`);
	for (const {one} of spelled) {
		const literal = one
			.replaceAll(/[\\^$.*+?()[\]{}|\/\-]/gu, String.raw`\$&`)
			.replaceAll(String.raw`\-`, '-');
		const word = new RegExp(`(?<![\\w/.~\\-])${literal}(?![\\w/\\-])`, 'gu');
		if (one.length >= 16) shown = shown.replaceAll(one, '••••••');
		else if (one.length >= 6 && !/^[\/~]/u.test(one)) shown = shown.replaceAll(word, '••••••');
	}
	return shown;
};

test('one pass hides the same as hiding one secret after the other', () => {
	fc.assert(
		fc.property(secrets, fc.array(fc.nat(20), {maxLength: 12}), (all, places) => {
			const pieces = all.flatMap((value, index) => [
				`${names[index] ?? ''}=${escapedInUnit(value)}\n`,
				`"${names[index] ?? ''}": ${JSON.stringify(value)},\n`,
				`<string>${escapedInPlist(value)}</string>\n`,
				...[`it said ${value} of it\n`, `/x/${value}/y\n`, `a${value}\n`, `${value}.\n`],
			]);
			const text = places.map((place) => pieces[place % pieces.length]).join('');
			const environment = Object.fromEntries(names.map((name, index) => [name, all[index] ?? '']));
			const hidesLooks = masker(settings({}));
			expect(masker(settings({environment}))(text)).toBe(hidesLooks(hiddenOneByOne(all, text)));
		}),
		{numRuns: 300},
	);
});
