import type {Service} from '../../src/platform/service.ts';
import type {Received} from './on-machine.ts';

/** The bytes of a text, each as one character. */
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

const excerpt = (text: string | undefined, from = 0): string =>
	text === undefined
		? 'nothing'
		: `${JSON.stringify(Buffer.from(text.slice(from, from + 60), 'latin1').toString())} of ${text.length} bytes`;

const firstDifference = (wanted: string, got: string): number => {
	let at = 0;
	while (at < wanted.length && wanted[at] === got[at]) at += 1;
	return at;
};

const compared = (where: string, wanted: string | undefined, got: string | undefined): readonly string[] => {
	if (wanted === got) return [];
	const from = Math.max(0, firstDifference(wanted ?? '', got ?? '') - 10);
	return [`${where}, from byte ${from}: wanted ${excerpt(wanted, from)}, got ${excerpt(got, from)}`];
};

/** systemd writes the program's path without `//` and, from 248 on, without `/./`: it is the same file. */
const simplified = (path = ''): string => path.replaceAll(/\/(?:\.?\/)+/gu, '/');

/** The kernel starts a script with three more words: /bin/sh, the program's path, and the arguments. */
const wordDifferences = (service: Service, [, program, ...words]: readonly string[]): readonly string[] => {
	const wanted = service.arguments.map(bytesOf);
	return [
		...compared('program', simplified(bytesOf(service.program)), simplified(program)),
		...Array.from({length: Math.max(wanted.length, words.length)}, (_, at) =>
			compared(`argument ${at}`, wanted[at], words[at]),
		).flat(),
	];
};

const nameOf = (variable: string): string => variable.slice(0, variable.indexOf('='));

/** The names of the variables that systemd gives every service. */
export const namesIn = ({variables}: Received): ReadonlySet<string> => new Set(variables.map(nameOf));

const variableDifferences = (
	service: Service,
	{variables}: Received,
	fromSystemd: ReadonlySet<string>,
): readonly string[] => {
	const got = new Map(variables.map((variable) => [nameOf(variable), variable]));
	const wanted = Object.entries(service.environment);
	const names = new Set([...wanted.map(([name]) => name), ...fromSystemd]);
	return [
		...wanted.flatMap(([name, value]) => compared(name, bytesOf(`${name}=${value}`), got.get(name))),
		...[...got].flatMap(([name, one]) => (names.has(name) ? [] : compared('not asked for', undefined, one))),
		...(got.size === variables.length ? [] : ['a variable came twice']),
	];
};

/** All cases in which a process received something other than its service says, without an allowed reason. */
export const differencesOf = (
	service: Service,
	received: Received | undefined,
	fromSystemd: ReadonlySet<string>,
): readonly string[] =>
	received === undefined
		? ['it was not started']
		: [
				...wordDifferences(service, received.words),
				...variableDifferences(service, received, fromSystemd),
				...compared('UMask', service.serviceConfig['UMask'], received.umask),
			];
