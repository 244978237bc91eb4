/** A piece of JSON Schema (draft 2020-12). */
export type Json = Readonly<Record<string, unknown>>;

export const text: Json = {type: 'string'};
export const textOrNull: Json = {type: ['string', 'null']};
export const yesOrNo: Json = {type: 'boolean'};
export const listOf = (items: Json): Json => ({type: 'array', items});
export const said = (description: string, schema: Json): Json => ({description, ...schema});

export const object = (
	properties: Readonly<Record<string, Json>>,
	optional: readonly string[] = [],
): Json => ({
	type: 'object',
	required: Object.keys(properties).filter((name) => !optional.includes(name)),
	properties,
});
