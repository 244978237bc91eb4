import {expect, test} from '@jest/globals';
import {commandNames} from '../../src/command-line/commands.ts';
import {outputSchema} from '../../scripts/generate/output-schema.ts';

const {properties} = outputSchema() as {
	readonly properties: Readonly<Record<string, {readonly enum?: readonly string[]}>>;
};

test('every command can be in the field command', () => {
	expect(properties['command']?.enum?.toSorted()).toEqual(commandNames.toSorted());
});
