import type {Option} from '../../settings/option.ts';
import {optionNames, optionOf} from '../../settings/options.ts';
import {listOf, object, said, text, textOrNull, yesOrNo, type Json} from './schema-parts.ts';

/** The value in the document. Secrets in it are masked, so it need not match a pattern. */
const valueOf = (option: Option): Json => {
	switch (option.kind) {
		case 'number':
			return {type: option.optional ? ['integer', 'null'] : 'integer'};
		case 'toggle':
			return yesOrNo;
		case 'choice':
			return {enum: option.choices};
		case 'list':
			return listOf(text);
		case 'map':
			return {type: 'object', additionalProperties: text};
		case 'path':
			return option.optional ? textOrNull : text;
		case 'text':
			return text;
	}
};

/** The settings as a document shows them. */
export const shownSettings = (): Json => {
	const properties: Record<string, Json> = {};
	const nested: Record<string, Record<string, Json>> = {};
	for (const name of optionNames) {
		const option = optionOf(name);
		const [outer, inner] = option.inFile ?? [name];
		if (inner === undefined) properties[outer] = said(option.help, valueOf(option));
		else (nested[outer] ??= {})[inner] = said(option.help, valueOf(option));
	}
	for (const [outer, inner] of Object.entries(nested)) properties[outer] = object(inner);
	return object(properties, ['package']);
};
