import {expect, test} from '@jest/globals';
import {conclusion} from '../../src/ui/conclusion.ts';
import {facts, preview, proposal, verdict} from './ink/fixture.ts';

const complaint = {
	what: 'The service could not be started.',
	why: 'exit status 1',
	next: ['journalctl --user -u vira.service'],
	code: 6,
	log: ['last \u001B[31mwords\u001B[0m'],
} as const;

test('installed: where it is, what holds at boot, what is worth knowing', () => {
	expect(conclusion({outcome: 'installed', proposal, verdict}, facts)).toEqual([
		'✔ Vira is set up.',
		'✔ Starts at boot: yes',
		'✔ Survives logout: yes',
		'',
		'Open Vira:',
		'  https://localhost:5005/',
		'',
		'See whether it runs:',
		'  systemctl --user status vira.service',
		'Follow its log:',
		'  journalctl --user -u vira.service -f',
		'Change the settings:',
		'  vira-setup',
	]);
});

test('failed: what, why, its last words, what was undone, what to do', () => {
	expect(conclusion({outcome: 'failed', complaint, undone: true, notUndone: []}, facts)).toEqual([
		'✖ The service could not be started.',
		'  exit status 1',
		'',
		'The last lines of its log:',
		'  last words',
		'',
		'✔ Everything is as it was before.',
		'',
		'What to do now:',
		'  journalctl --user -u vira.service',
	]);
});

test('cancelled before anything was done', () => {
	expect(conclusion({outcome: 'cancelled', undone: false, notUndone: []}, undefined)).toEqual([
		'Cancelled.',
		'Nothing was changed.',
	]);
});

test('cancelled, and something could not be put back', () => {
	expect(conclusion({outcome: 'cancelled', undone: true, notUndone: [complaint]}, facts)).toEqual([
		'Cancelled.',
		'! Some of it could not be put back:',
		'  ✖ The service could not be started.',
		'    exit status 1',
		'    journalctl --user -u vira.service',
	]);
});

test('planned', () => {
	expect(conclusion({outcome: 'planned', proposal}, facts)).toEqual([
		'Nothing was changed. An installation would:',
		'  Make the folder ~/.config/systemd/user',
		'  Change ~/.config/systemd/user/vira.service (0600)',
		'  Run systemctl --user daemon-reload',
		'  Run systemctl --user start vira.service',
		'! Vira has no login: whoever reaches it runs code as you.',
		'✔ Starts at boot: yes',
		'✔ Survives logout: yes',
	]);
	const same = {...proposal, preview: {...preview, changes: false}};
	expect(conclusion({outcome: 'planned', proposal: same}, facts)).toEqual([
		'✔ Nothing would change: all is as you asked.',
	]);
});
