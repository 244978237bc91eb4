import {expect, test} from '@jest/globals';
import {askPlainRemoval, askUntilAccepted} from '../../../src/ui/plain/ask-preview.ts';
import {removalQuestion} from '../../support/removal-question.ts';
import {facts, question, settings} from '../ink/fixture.ts';
import {personWho} from './person-who.ts';

test('each decision is a question; then the whole plan is shown, and accepted', async () => {
	const person = personWho('2', '2', '2', '');
	const {choices} = await askPlainRemoval(removalQuestion(), person);
	expect(choices).toEqual({disableLinger: true, overwrite: true, purge: true});
	expect(person.heard.filter((line) => line.startsWith('?'))).toEqual([
		'? Lingering (1) 2',
		'? Changed by hand (1) 2',
		"? Vira's state (1) 2",
		'? What now (1)',
	]);
	expect(person.heard).toContain('  Delete ~/.local/share/vira/state/ViraState permanently');
});

test('Enter all the way keeps everything, lingering too', async () => {
	const {choices} = await askPlainRemoval(removalQuestion(), personWho('', '', '', ''));
	expect(choices).toEqual({disableLinger: false, overwrite: false, purge: false});
});

test('when deciding again, the previous answers are in the brackets; leaving changes nothing', async () => {
	const person = personWho('2', '', '2', '2', '', '', '', '3');
	await expect(askPlainRemoval(removalQuestion(), person)).rejects.toMatchObject({name: 'Cancelled'});
	expect(person.heard.filter((line) => /^\? (?:Lingering|Vira)/u.test(line))).toEqual([
		'? Lingering (1) 2',
		"? Vira's state (1) 2",
		'? Lingering (2)',
		"? Vira's state (2)",
	]);
});

test('what keeps builds from succeeding is said before the planned changes', async () => {
	const checks = [
		{group: 'nix', level: 'error', code: 'no-flakes', message: 'Flakes are off.'},
		{group: 'nix', level: 'note', code: 'sandbox', message: 'The sandbox is on.'},
	] as const;
	const asked = question({
		async *checkReadiness() {
			yield {group: 'nix', checks};
		},
	});
	const person = personWho('', '');
	const {signal} = new AbortController();
	await askUntilAccepted(asked, {facts, settings, told: []}, {person, signal});
	const [before, said] = [person.heard.indexOf('Checking…'), person.heard.indexOf('✖ Flakes are off.')];
	expect(said).toBeGreaterThan(before);
	expect(person.heard.join('\n')).not.toContain('sandbox');
});
