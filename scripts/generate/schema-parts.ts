/** A piece of JSON Schema (draft 2020-12). */
export type Json = Readonly<Record<string, unknown>>;

export const text: Json = {type: 'string'};
export const textOrNull: Json = {type: ['string', 'null']};
export const yesOrNo: Json = {type: 'boolean'};
export const yesNoOrNull: Json = {type: ['boolean', 'null']};
export const listOf = (items: Json): Json => ({type: 'array', items});
export const said = (description: string, schema: Json): Json => ({description, ...schema});

/** A definition of the schema. */
export const ref = (name: string): Json => ({$ref: `#/$defs/${name}`});

export const object = (
	properties: Readonly<Record<string, Json>>,
	optional: readonly string[] = [],
): Json => ({
	type: 'object',
	required: Object.keys(properties).filter((name) => !optional.includes(name)),
	properties,
});
