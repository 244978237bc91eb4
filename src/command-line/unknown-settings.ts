import {nearestName} from '../platform/nearest-name.ts';
import {flags, variableOf, variablePrefix, type Flag} from '../settings/flags.ts';
import {saysNothing} from '../settings/module-json.ts';
import type {Misgiven} from '../settings/problem.ts';
import {nameInFile, parents, type ReadSettings} from '../settings/settings-file.ts';
import {runFlags} from './run-flags.ts';

/** A name without case, dashes and the like: `state-dir` and `STATE_DIR` are `statedir`. */
const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_.]/gu, '');

const lastPart = (place: string): string => place.split('.').at(-1) ?? '';

/** What people write for a setting elsewhere: its option, `no-NAME`, its name without its object. */
const otherNames = ({option, name, negatable}: Flag): readonly string[] =>
	[option, name, lastPart(nameInFile(option)), ...(negatable ? [`no-${name}`] : [])].map(bare);

/** The setting that was meant by a name which no setting has. */
const meant = (name: string, nameOf: (flag: Flag) => string): Flag | undefined => {
	const known = flags.find((flag) =>
		[bare(name), bare(lastPart(name))].some((one) => otherNames(flag).includes(one)),
	);
	if (known) return known;
	const near =
		nearestName(name, flags.map(nameOf)) ??
		nearestName(
			lastPart(name),
			flags.map(({option}) => option),
		);
	return flags.find((flag) => nameOf(flag) === near || flag.option === near);
};

const question = (name: string | undefined): string => (name === undefined ? '' : ` Did you mean ${name}?`);

const meantInFile = (place: string): string | undefined => {
	const flag = meant(place, ({option}) => nameInFile(option));
	return flag ? nameInFile(flag.option) : nearestName(place, [...parents]);
};

/** Unknown settings in a file; those without a value are ignored. */
export const unknownInFile = ({unknown, ofModule}: ReadSettings): readonly Misgiven[] =>
	Object.entries(unknown)
		.filter(([, value]) => !saysNothing(value))
		.map(([place]) => ({
			option: undefined,
			setting: place,
			place,
			message: ofModule
				? 'This module option is not supported. To continue without it, remove it from the file.'
				: `Unknown setting.${question(meantInFile(place))}`,
		}));

/** Variables that were meant for a setting or an option. Other programs may use the prefix too. */
export const unknownVariables = (
	environment: Readonly<Record<string, string | undefined>>,
): readonly Misgiven[] => {
	const known = flags.map(variableOf);
	const options = Object.keys(runFlags);
	const strange = Object.keys(environment).filter(
		(name) => name.startsWith(variablePrefix) && !known.includes(name),
	);
	return strange.flatMap((place): Misgiven[] => {
		const name = place.slice(variablePrefix.length);
		const option = options.find((one) => bare(one) === bare(name));
		const flag = meant(name, (one) => variableOf(one).slice(variablePrefix.length));
		if (option !== undefined)
			return [{option: undefined, place, message: `Only settings have a variable. Use --${option}.`}];
		return flag ? [{option: undefined, place, message: `Unknown setting.${question(variableOf(flag))}`}] : [];
	});
};
