import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {domains} from '../../src/platform/launchd/launchctl.ts';
import {settings as defaultsWith} from '../support/situation.ts';
import {agentOf} from './agents.ts';
import {settingsFrom} from './cases.ts';
import {count, print, seed} from './sample.ts';
import {prepareGrammar, validatePlists} from './validate-plists.ts';

/** The first machine creates its base image. */
const bootLimitMs = 1_200_000;

print(`${count} generated settings by the grammar. VIRA_SETUP_SEED=${seed} generates the same again.`);

const kept = settingsFrom(seed, count, 'macos');

let machine: Machine;
beforeAll(async () => {
	machine = await bootMachine({packages: ['libxml2-utils']});
	await prepareGrammar(machine);
}, bootLimitMs);
afterAll(async () => machine.destroy());

test.each(domains)(
	'every property list for the domain %s matches the grammar',
	async (domain) => {
		const texts = kept.map(({settings}, index) => agentOf(settings, index, domain).text);
		expect(await validatePlists(machine, texts)).toBe('');
	},
	600_000,
);

const label = '<string>org.vira.service</string>';

test.each([
	['a key without its value', label, '', 'got (key key'],
	['a value without its key', '<key>Label</key>', '', 'got (string key'],
	['a key in a list', '<array>', '<array><key>a</key>', 'Element array content does not follow the DTD'],
	['a name that no property list has', '<true/>', '<yes/>', 'No declaration for element yes'],
	['a boolean with content', '<true/>', '<true>1</true>', 'Element true was declared EMPTY'],
	['text next to the values', '<dict>', '<dict>text', 'Element dict content does not follow the DTD'],
	['a second value', '</dict>\n</plist>', '</dict><true/>\n</plist>', 'Element plist content'],
	['a missing end tag', '</plist>', '', 'Premature end of data in tag plist'],
	['a list without the grammar', /<!DOCTYPE[^>]*>/u, '', 'no DTD found'],
])('%s is refused', async (_, from, to, said) => {
	const {text} = agentOf(defaultsWith(), 0, 'gui');
	const broken = text.replace(from, () => to);
	expect(broken).not.toBe(text);
	// Among valid ones, so that one of many is found.
	expect(await validatePlists(machine, [text, broken, text])).toContain(said);
});
