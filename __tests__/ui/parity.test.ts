import {describe, expect, test} from '@jest/globals';
import type {Option, Shape} from '../../src/settings/option.ts';
import {optionNames, optionOf} from '../../src/settings/options.ts';
import {parseValue} from '../../src/settings/value.ts';
import {canGive, doors, sentenceAbout} from './doors.ts';

/** Texts that some kinds or shapes of option accept, and others refuse. */
const pool: readonly string[] = [
	'',
	'0',
	'7',
	'-1',
	'1.5',
	'70000',
	'9'.repeat(20),
	'true',
	'false',
	'Yes',
	'n',
	'maybe',
	'localhost',
	'[::1]',
	'a b',
	' 7 ',
	'/srv/vira ',
	'A=two words ',
	'/',
	'/srv/vira',
	'/srv/a b',
	'~/vira',
	'vira',
	'/a:b',
	'/x?y',
	'github:juspay/vira',
	'nixpkgs#openssh',
	'/a\0b',
	`/${'x'.repeat(300)}`,
	'/\uD800',
	'vira=https://github.com/juspay/vira',
	'https://github.com/juspay/vira.git',
	'vira /srv/vira.git',
	'vira=nonsense',
	'a/b=https://example.org/x',
	'GREETING=two words',
	'1ST=x',
	'MemoryMax=2G',
	'Memory_Max=2G',
	'Nice=5\\',
];

/** The bounds, the choices and the refused names that the list itself declares. */
const declared = (option: Option): readonly string[] => {
	switch (option.kind) {
		case 'number':
			return [option.min, option.max, option.min - 1, option.max + 1].map(String);
		case 'choice':
			return option.choices;
		case 'map':
			return Object.keys(option.refused ?? {}).map((name) => `${name}=x`);
		default:
			return [];
	}
};

const textsFor = (option: Option): readonly string[] =>
	option.kind === 'toggle' ? pool : [...new Set([...pool, ...declared(option)])];

/** The messages in the declaration itself. */
const rulesOf = (option: Option): readonly string[] => {
	const shapes: readonly Shape[] =
		option.kind === 'text'
			? [option.shape]
			: option.kind === 'list'
				? [option.itemShape]
				: option.kind === 'map'
					? [option.nameShape, option.valueShape]
					: [];
	const refused = option.kind === 'map' ? Object.values(option.refused ?? {}) : [];
	return [...shapes.map(({problem}) => problem), ...refused].filter((message) => message !== '');
};

describe.each(optionNames)('%s', (name) => {
	const option = optionOf(name);
	const texts = textsFor(option).map((text) => {
		const parsed = parseValue(option, [text]);
		const taken = parsed.good ? {value: parsed.value} : {refused: sentenceAbout(name, text, parsed.problem)};
		return {text, taken};
	});

	test.each(Object.entries(doors))(
		'the %s accepts the good values, and refuses the bad ones with the same message',
		async (door, give) => {
			const given = texts.filter(({text}) => canGive(door, option, text));
			const seen = await Promise.all(given.map(async ({text}) => ({text, taken: await give(name, text)})));
			expect(seen).toEqual(given);
		},
	);

	test('of the values some are good, and for each rule one is bad', () => {
		expect(texts.some(({taken}) => 'value' in taken)).toBe(true);
		const refusals = texts.map(({taken}) => ('refused' in taken ? taken.refused : ''));
		for (const rule of rulesOf(option)) expect(refusals).toContain(rule);
		expect(refusals.some((message) => message !== '')).toBe(true);
	});
});
