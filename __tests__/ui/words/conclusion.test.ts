import {expect, test} from '@jest/globals';
import type {Settings} from '../../../src/settings/options.ts';
import type {PreviewedOutcome} from '../../../src/steps/execute/outcome.ts';
import {systemctlCommands} from '../../../src/platform/systemd/systemctl.ts';
import {conclusion} from '../../../src/ui/words/conclusion.ts';
import {facts, preview, proposal, start as run, verdict, writeUnit} from '../ink/fixture.ts';

const failure = {
	message: 'The service could not be started.',
	detail: 'exit status 1',
	fixes: [{say: '', command: 'journalctl --user-unit=vira.service'}],
	exit: 6,
	log: ['last \u001B[31mwords\u001B[0m'],
} as const;

const real = (outcome: PreviewedOutcome) => conclusion(outcome, facts, {simulation: false});
const simulated = (outcome: PreviewedOutcome) => conclusion(outcome, facts, {simulation: true});

/** On a machine without a Vira before. */
const fresh = {...proposal, preview: {...proposal.preview, first: true}};

test('installed: its URL, what applies at boot, warnings', () => {
	expect(real({outcome: 'installed', proposal: fresh, verdict})).toEqual([
		'✔ Vira is set up.',
		'✔ Starts at boot: yes',
		'✔ Keeps running after logout: yes',
		'',
		'Open Vira:',
		'  https://localhost:5005/',
		'Your browser warns about the certificate, because Vira created it itself. Continue anyway.',
		'',
		'First build: add a repository, choose a branch, then "Build":',
		'  https://localhost:5005/r',
		'After that, Vira builds each new commit of that branch.',
		'',
		'Next:',
		'  vira-setup --repository NAME=URL   adds a repository; you can also do that on the page',
		'  vira-setup status   shows the state of Vira',
		'  vira-setup logs -f   follows the log',
		'  vira-setup   changes the settings',
		'',
		'Repeat this setup in a script:',
		'  vira-setup --non-interactive',
	]);
});

test('with a base path, what a proxy has to forward is shown instead of the page', () => {
	const behindProxy = {...proposal, settings: {...proposal.settings, basePath: '/vira/'}};
	const lines = real({outcome: 'updated', proposal: behindProxy, verdict});
	expect(lines.slice(4, 6)).toEqual([
		expect.stringContaining('Open Vira at /vira/ on your proxy'),
		'  https://localhost:5005/',
	]);
	expect(lines).not.toContain('Open Vira:');
});

/** What an interactive run with these settings prints about scripts. */
const forScripts = (changes: Partial<Settings>): readonly string[] => {
	const changed = {...proposal, settings: {...proposal.settings, ...changes}};
	const lines = real({outcome: 'installed', proposal: changed, verdict});
	return lines.slice(lines.findIndex((line) => line.startsWith('Repeat this setup')));
};

test('the command that repeats a run has what differs from the defaults, and no secret', () => {
	expect(forScripts({port: 8443, environment: {API_TOKEN: 's3cr3t', A: 'b c'}})).toEqual([
		expect.stringContaining('with the secrets in SECRET_API_TOKEN:'),
		`  vira-setup --non-interactive --port 8443 --environment API_TOKEN="\${SECRET_API_TOKEN:?}" --environment 'A=b c'`,
	]);
});

test('for a long one there is a short command that prints it', () => {
	expect(forScripts({extraPackages: Array.from({length: 100}, (_, index) => `/opt/${index}`)})).toEqual([
		expect.stringMatching(/:$/u),
		'  vira-setup --print-command',
	]);
});

test('a script gets no advice for scripting', () => {
	const lines = conclusion({outcome: 'installed', proposal, verdict}, facts, {
		simulation: false,
		scripted: true,
	});
	expect(lines.at(-1)).toBe('  vira-setup   changes the settings');
});

test('failed: what, why, what was undone, what to do, and the last log lines', () => {
	expect(real({outcome: 'failed', failure, undone: true, notUndone: []})).toEqual([
		'✖ The service could not be started.',
		'  exit status 1',
		'✔ Everything is as it was before.',
		'',
		'What to do:',
		'  journalctl --user-unit=vira.service',
		'',
		'Last log lines:',
		'  last words',
	]);
});

test('failed while another Vira was running before: it is running again at its URL', () => {
	const urlBefore = 'https://localhost:5005/';
	const changed = {...proposal, preview: {...preview, urlBefore}};
	const lines = real({outcome: 'failed', proposal: changed, failure, undone: true, notUndone: []});
	expect(lines.slice(2, 4)).toEqual([
		'✔ Everything is as it was before.',
		'✔ Vira is running as before. Its URL: https://localhost:5005/',
	]);
});

test('cancelled before anything changed', () => {
	expect(real({outcome: 'cancelled', undone: false, notUndone: []})).toEqual([
		'Cancelled.',
		'Nothing was changed.',
	]);
});

test('cancelled, and one step could not be undone', () => {
	expect(real({outcome: 'cancelled', undone: true, notUndone: [failure]})).toEqual([
		'Cancelled.',
		expect.stringMatching(/^! .*could not be undone:$/u),
		'  ✖ The service could not be started.',
		'    exit status 1',
		'    journalctl --user-unit=vira.service',
	]);
});

test('planned', () => {
	expect(real({outcome: 'planned', proposal})).toEqual([
		'Nothing was changed. These changes would be made:',
		'',
		'Changed settings:',
		'  Port  5005 → 5006',
		'',
		'! Vira restarts: builds that are running now are interrupted.',
		'',
		'Steps:',
		'  Change the service',
		'',
		'! Vira has no login: anyone who can reach it runs code as you.',
		'✔ Starts at boot: yes',
		'✔ Keeps running after logout: yes',
	]);
	const same = {...proposal, preview: {...preview, changes: false}};
	expect(real({outcome: 'planned', proposal: same})).toEqual(['✔ Already up to date. Nothing would change.']);
});

const writeSettings = {...writeUnit, path: '/home/alice/.config/vira-setup/settings.json'};
const start = {...run, command: systemctlCommands.start};
const writeReceipt = {...writeUnit, path: '/home/alice/.local/state/vira-setup/receipt.json'};

test.each([
	[
		'other settings',
		[writeReceipt, writeSettings, writeUnit, start],
		'✔ Vira is running with the new settings.',
	],
	['a start alone', [writeReceipt, start, writeReceipt], '✔ Vira is running again.'],
	['a service file that was put right', [writeReceipt, writeUnit, start], '✔ Vira is running again.'],
	['a receipt alone', [writeReceipt], '✔ Vira is set up completely again, and kept running.'],
])('updated by %s', (_, actions, first) => {
	expect(real({outcome: 'updated', proposal: {...proposal, actions}, verdict})[0]).toBe(first);
});

test.each(['installed', 'updated'] as const)(
	'%s with the old state moved aside: the path of the old state',
	(outcome) => {
		const state = '/home/alice/.local/share/vira/state';
		const moves = [[`${state}/db`, `${state}/before/db`] as const];
		const moved = {...proposal, preview: {...preview, moves}};
		expect(real({outcome, proposal: moved, verdict})[1]).toMatch(
			/^! The old state is in ~\/\.local\/share\/vira\/state\/before\./u,
		);
	},
);

test.each(['running', 'responding'] as const)(
	'already up to date, but Vira is unhealthy (%s): what was found',
	(code) => {
		const seen = {
			...verdict,
			healthy: false,
			findings: [{level: 'error' as const, code, message: 'It does not.'}],
		};
		expect(real({outcome: 'unchanged', proposal, verdict: seen}).slice(0, 2)).toEqual([
			'✔ Already up to date.',
			'! It does not.',
		]);
	},
);

test.each([
	[6, ['What to do:', '  journalctl --user-unit=vira.service']],
	[5, ['✔ Everything is as it was before.']],
] as const)('failed with status %i and no advice', (code, end) => {
	const lines = real({
		outcome: 'failed',
		failure: {message: 'No.', exit: code},
		undone: true,
		notUndone: [],
	});
	expect(lines.slice(-end.length)).toEqual(end);
});

test('a simulation says so, what a real machine would go on with, and how to fix nothing', () => {
	expect(simulated({outcome: 'installed', proposal: fresh, verdict})).toEqual([
		'✔ On the simulated machine: Vira is set up.',
		'✔ Starts at boot: yes',
		'✔ Keeps running after logout: yes',
		'',
		'After a real setup, continue with:',
		'  Open Vira:',
		'    https://localhost:5005/',
		'  Your browser warns about the certificate, because Vira created it itself. Continue anyway.',
		'',
		'  First build: add a repository, choose a branch, then "Build":',
		'    https://localhost:5005/r',
		'  After that, Vira builds each new commit of that branch.',
		'',
		'  Next:',
		'    vira-setup --repository NAME=URL   adds a repository; you can also do that on the page',
		'    vira-setup status   shows the state of Vira',
		'    vira-setup logs -f   follows the log',
		'    vira-setup   changes the settings',
		'',
		'Simulation only. Nothing on this machine changed.',
	]);
	expect(simulated({outcome: 'failed', failure, undone: true, notUndone: []})).toEqual([
		'✖ On the simulated machine: The service could not be started.',
		'  exit status 1',
		'✔ Everything is as it was before.',
		'',
		'Last log lines:',
		'  last words',
		'',
		'Simulation only. Nothing on this machine changed.',
	]);
	expect(simulated({outcome: 'cancelled', undone: false, notUndone: []})[0]).toBe(
		'On the simulated machine: Cancelled.',
	);
});
