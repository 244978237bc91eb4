import {Ajv2020} from 'ajv/dist/2020.js';
import {outputSchema} from '../../scripts/generate/output-schema.ts';

export interface Document {
	readonly outcome: string;
	readonly changed: boolean;
	readonly [key: string]: unknown;
}

/** The same schema, without additional properties: each field has to be documented. */
const closed = (schema: unknown): unknown => {
	if (Array.isArray(schema)) return schema.map(closed);
	if (typeof schema !== 'object' || schema === null) return schema;
	const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
	return 'type' in inner && 'properties' in inner ? {additionalProperties: false, ...inner} : inner;
};

const validate = new Ajv2020({allErrors: true, allowUnionTypes: true}).compile(
	closed(outputSchema()) as object,
);

/** What is on standard output: one document and nothing else, as the schema says. */
export const validDocument = (printed: string): Document => {
	const document = JSON.parse(printed) as Document;
	if (validate(document)) return document;
	throw new Error(
		`It is not as the schema says:\n${JSON.stringify(validate.errors, undefined, 2)}\n${printed}`,
	);
};
