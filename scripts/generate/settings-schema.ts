import {installablePattern} from '../../src/settings/nix.ts';
import type {Option, PathOption, Shape} from '../../src/settings/option.ts';
import {optionNames, optionOf} from '../../src/settings/options.ts';
import type {Json} from './schema-parts.ts';

const texts = ({pattern, within}: Pick<Shape, 'pattern' | 'within'>): Json => ({
	type: 'string',
	pattern: within ? `${pattern.source}|${within.source}` : pattern.source,
});

const orNull = (option: {readonly optional?: true}, type: string): unknown =>
	option.optional ? [type, 'null'] : type;

/** A package as Nix prints it: its output path, or attributes that contain this path. */
const orPackage = (path: Json): Json => ({
	anyOf: [path, {type: 'object', required: ['outPath'], properties: {outPath: path}}],
});

const pathSchema = (option: PathOption): Json => {
	const whole = '^(?:/|~(?:/|$))';
	const pattern = option.installable === undefined ? whole : `${whole}|${installablePattern.source}`;
	const path = {type: orNull(option, 'string'), pattern};
	if (option.found) return orPackage(path);
	return option.default === undefined ? path : {...path, default: option.default};
};

const valueSchema = (option: Option): Json => {
	switch (option.kind) {
		case 'text':
			return {
				...texts(option.shape),
				default: option.default,
				...(option.usual && {examples: option.usual.map(({value}) => value)}),
			};
		case 'path':
			return pathSchema(option);
		case 'number':
			return {
				type: orNull(option, 'integer'),
				minimum: option.min,
				maximum: option.max,
				default: option.default ?? null,
			};
		case 'toggle':
			return {type: 'boolean', default: option.default};
		case 'choice':
			return {enum: option.choices, default: option.default};
		case 'list':
			return {type: 'array', items: orPackage(texts(option.itemShape)), default: []};
		case 'map':
			return {
				type: 'object',
				propertyNames: {
					pattern: option.nameShape.pattern.source,
					// A character has at least one byte, so a longer name is always too long.
					...(option.namesFolders && {maxLength: 255}),
					...(option.refused && {not: {enum: Object.keys(option.refused)}}),
				},
				additionalProperties: {
					...texts(option.valueShape),
					type: ['string', 'integer', 'boolean', ...(option.asLines ? ['null', 'array'] : [])],
				},
				default: {},
			};
	}
};

/** The description of the field `schema`, in each of the schemas. */
export const formatVersion = 'Version of this format.';

/** JSON Schema (draft 2020-12) of the settings file. */
export const settingsSchema = (): Json => {
	const properties: Record<string, unknown> = {
		schema: {const: 1, description: formatVersion},
		enable: {description: "Home Manager's own switch. It has no effect here."},
		outputs: {description: "Values that Vira's module computed. They have no effect here."},
	};
	for (const name of optionNames) {
		const option = optionOf(name);
		const leaf = {description: option.help, ...valueSchema(option)};
		const [outer, inner] = option.inFile ?? [name];
		if (inner === undefined) properties[outer] = leaf;
		else {
			const parent = properties[outer] as {readonly properties: Json} | undefined;
			properties[outer] = {type: ['object', 'null'], properties: {...parent?.properties, [inner]: leaf}};
		}
	}
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		title: 'Settings of vira-setup',
		description: "Names and nesting are those of Vira's Home Manager module.",
		type: 'object',
		properties,
	};
};
