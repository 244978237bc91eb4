import {expect, test} from '@jest/globals';
import type {RemovalOutcome} from '../../../src/steps/execute/outcome.ts';
import {conclusion} from '../../../src/ui/words/conclusion.ts';
import {proposeRemoval} from '../../support/removal-question.ts';
import {debian} from '../../support/situation.ts';

const removal = proposeRemoval({overwrite: false, purge: false, disableLinger: true});
const {left} = removal.preview;

const words = (outcome: RemovalOutcome, simulation = false) => conclusion(outcome, debian(), {simulation});

test('removed: what remains and where, how to delete it, how to install again', () => {
	expect(words({outcome: 'removed', removal, left})).toEqual([
		'✔ Vira was removed.',
		'',
		'Left in place:',
		'  ~/.local/share/vira/state',
		"    Vira's state: repositories, jobs and keys",
		'',
		'To remove the rest:',
		'  rm -r /home/alice/.local/share/vira/state',
		'',
		'To set up Vira again:',
		'  vira-setup',
	]);
});

test('after a simulation there are no commands: they would not work here', () => {
	expect(words({outcome: 'removed', removal, left}, true)).toEqual([
		'✔ On the simulated machine: Vira was removed.',
		'',
		'Left in place:',
		'  ~/.local/share/vira/state',
		"    Vira's state: repositories, jobs and keys",
		'',
		'Simulation only. Nothing on this machine changed.',
	]);
});

test('planned: what would be deleted, the file that was changed by hand, what would remain', () => {
	expect(words({outcome: 'removal-planned', removal})).toEqual([
		'Nothing was changed. An uninstall would:',
		'  Stop Vira',
		'  Remove ~/.config/vira-setup/settings.json',
		'  Turn off lingering',
		'! ~/.config/systemd/user/vira.service was changed by hand and would be kept (--overwrite removes it):',
		'  [Service]',
		'  Nice=5',
		'! Your settings go as well:',
		'  vira-setup export --format json',
		'',
		'Left in place:',
		'  ~/.local/share/vira/state',
		"    Vira's state: repositories, jobs and keys",
	]);
});

test('nothing to remove: services of others are named', () => {
	const unit = {
		path: '/home/alice/.config/systemd/user/vira.service',
		what: 'the service managed by Home Manager',
	};
	expect(words({outcome: 'nothing-to-remove', left: [unit]})).toEqual([
		expect.stringMatching(/^✔ Nothing to remove:/u),
		'',
		expect.stringMatching(/^Left in place, because .*:$/u),
		'  ~/.config/systemd/user/vira.service',
		'    the service managed by Home Manager',
	]);
});

test('partly removed: what could not be deleted, and what to do', () => {
	const failure = {
		message: 'Could not delete all of x.',
		detail: 'EACCES',
		fixes: [{say: '', command: 'chmod x'}],
		exit: 1,
	} as const;
	const purged = proposeRemoval({overwrite: false, purge: true, disableLinger: true});
	expect(words({outcome: 'removed-in-part', removal: purged, failure, left: []})).toEqual([
		'✖ Could not delete all of x.',
		'  EACCES',
		expect.stringMatching(/^! The service and its files were removed, but .* incomplete\.$/u),
		'',
		'What to do:',
		'  chmod x',
	]);
});
