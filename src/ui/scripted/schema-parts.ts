/** A piece of JSON Schema (draft 2020-12). */
export type Json = Readonly<Record<string, unknown>>;

export const text: Json = {type: 'string'};
export const textOrNull: Json = {type: ['string', 'null']};
export const yesOrNo: Json = {type: 'boolean'};
export const yesNoOrNull: Json = {type: ['boolean', 'null']};
export const listOf = (items: Json): Json => ({type: 'array', items});
export const command: Json = {type: 'array', items: text, minItems: 1};
export const said = (description: string, schema: Json): Json => ({description, ...schema});

export const object = (
	properties: Readonly<Record<string, Json>>,
	optional: readonly string[] = [],
): Json => ({
	type: 'object',
	required: Object.keys(properties).filter((name) => !optional.includes(name)),
	properties,
});

export const proxyRule: Json = said(
	'What a proxy has to pass on, without the path; null: none is needed, or the settings are not known.',
	{oneOf: [{type: 'null'}, object({path: text, to: text})]},
);
