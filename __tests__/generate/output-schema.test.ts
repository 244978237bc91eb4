import {expect, test} from '@jest/globals';
import {commandNames} from '../../src/command-line/commands.ts';
import {outputSchema} from '../../scripts/generate/output-schema.ts';

const {properties} = outputSchema() as {
	readonly properties: Readonly<Record<string, {readonly enum?: readonly string[]}>>;
};

test('each side of a changed setting has a type', () => {
	const {items} = properties['changedSettings'] as unknown as {
		readonly items: {readonly properties: Readonly<Record<'from' | 'to', {readonly anyOf?: unknown}>>};
	};
	expect([items.properties.from.anyOf, items.properties.to.anyOf]).not.toContain(undefined);
});

test('every command can be in the field command', () => {
	expect(properties['command']?.enum?.toSorted()).toEqual(commandNames.toSorted());
});
