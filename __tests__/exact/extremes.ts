import type {Settings} from '../../src/settings/options.ts';
import {settings} from '../support/situation.ts';

const program = {package: '~/programs/vira'};

const numbered = (count: number, prefix: string, value: string): Readonly<Record<string, string>> =>
	Object.fromEntries(Array.from({length: count}, (_, index) => [`${prefix}${index}`, value]));

/** As long as a path can be, with names as long as names can be. */
const longestPath = (start: string, letter = 'n'): string =>
	`${start}${`/${letter.repeat(255)}`.repeat(16)}`.slice(0, 4095);

const atItsEdge = (character: string): readonly Settings[] => [
	settings({...program, environment: {EDGE: character.repeat(131_066)}}),
	...(/\s/u.test(character) ? [] : [settings({...program, basePath: `/a${character.repeat(131_068)}/`})]),
];

const allAtTheirEdge = settings({
	...program,
	basePath: `/${'$'.repeat(131_069)}/`,
	stateDir: longestPath(''),
	tlsCert: longestPath(''),
	tlsKey: longestPath(''),
	extraPackages: Array.from({length: 23}, () => longestPath('', '%')),
	environment: numbered(12, 'LARGE_', '\\'.repeat(131_053)),
});

/** Cases that a random generator does not find: each at the limit of what is accepted. */
export const extremes: readonly Settings[] = [
	...['a', '$', '%', '"', '\\', '\u0001', '\n', ' ', '\u007F'].flatMap(atItsEdge),
	settings({...program, environment: numbered(1000, 'MANY_', '${X} %h \\ "')}),
	settings({...program, environment: numbered(10_000, 'MORE_', '')}),
	settings({...program, environment: numbered(15, 'LONG_', '%'.repeat(100_000))}),
	// Less what the longest home folder is longer than its sign.
	settings({package: longestPath('~/programs').slice(0, 4095 - 256 + '~'.length)}),
	allAtTheirEdge,
];
