import {defaultSettings} from '../../../src/settings/options.ts';
import type {Action, Progress, Verdict} from '../../../src/platform/actions/action.ts';
import type {Advice} from '../../../src/platform/service-manager/advice.ts';
import type {Preview} from '../../../src/steps/plan/preview.ts';
import type {Proposal} from '../../../src/steps/plan/propose.ts';
import type {FormState} from '../../../src/ui/form/form.ts';
import {openForm, type FormStart} from '../../../src/ui/form/form-after.ts';
import type {Question} from '../../../src/ui/ui.ts';
import {debian} from '../../support/situation.ts';

export const facts = debian();

export const fine: readonly Advice[] = [
	{level: 'ok', code: 'system', message: 'Debian 12, systemd 252, user manager running'},
	{level: 'ok', code: 'vira', message: 'Vira 0.1.0 at ~/.nix-profile/bin/vira'},
];

export const lingering: Advice = {
	level: 'note',
	code: 'lingering',
	option: 'linger',
	message: 'Lingering is off for alice: Vira would stop when you log out and not start at boot.',
	answers: [
		{value: true, label: 'Turn it on', detail: 'runs loginctl enable-linger alice'},
		{value: false, label: 'Leave it off', detail: 'Vira runs only while you are logged in'},
	],
	detail:
		'Lingering lets your services start at boot and keep running after you log out. You can turn it off again at any time.',
	fixes: [{say: '', command: 'loginctl enable-linger alice'}],
};

export const preview: Preview = {
	changes: true,
	first: false,
	changed: [{option: 'port', from: 5005, to: 5006}],
	interrupts: 'restart',
	steps: [{title: 'Change the service', from: 0, to: 2}],
	runsAs: 'alice',
	urlBefore: undefined,
	moves: [],
	folders: ['/home/alice/.config/systemd/user'],
	files: [
		{
			path: '/home/alice/.config/systemd/user/vira.service',
			mode: '0600',
			change: 'changed',
			lines: [
				{mark: 'same', text: '[Unit]'},
				{mark: 'same', text: 'Description=Vira'},
				{mark: 'removed', text: 'ExecStart=/home/alice/.nix-profile/bin/vira --port 5005'},
				{mark: 'added', text: 'ExecStart=/home/alice/.nix-profile/bin/vira --port 5006'},
				...Array.from({length: 20}, (_, index) => ({
					mark: 'added' as const,
					text: `Environment=NUMBER_${index}=${index}`,
				})),
			],
			why: 'the service',
		},
	],
	commands: [
		{command: ['systemctl', '--user', 'daemon-reload'], why: 'after the file'},
		{command: ['systemctl', '--user', 'start', 'vira.service'], why: 'now'},
	],
	warnings: [
		{code: 'reachable-by-others', message: 'Vira has no login: anyone who can reach it runs code as you.'},
	],
	startsAtBoot: true,
	survivesLogout: true,
	reachableFrom: 'this machine only',
	url: 'https://localhost:5005/',
};

export const settings = defaultSettings({vira: facts.vira?.path});

export const proposal: Proposal = {settings, actions: [], mask: (text) => text, preview};

/** The form on a machine where nothing is installed, with its first group open. */
export const form = (change: Partial<FormStart> = {}): FormState =>
	openForm({facts, start: settings, saved: undefined, room: 16, ...change});

export const question = (change: Partial<Question> = {}): Question => ({
	facts,
	advice: [...fine, lingering],
	start: settings,
	again: false,
	async *checkReadiness() {
		// Nothing is known of builds.
	},
	complete: () => Promise.resolve([]),
	saver: {
		freePath: () => Promise.resolve('~/vira-settings.json'),
		save: (_, typed) => Promise.resolve({path: typed.replace('~', '/home/alice')}),
	},
	propose: (wanted) => Promise.resolve({good: true, proposal: {...proposal, settings: wanted}}),
	dryRun: false,
	...change,
});

const failure = {message: 'The service could not be started.', exit: 6} as const;

export const writeUnit: Action = {
	does: 'write-file',
	path: '/home/alice/.config/systemd/user/vira.service',
	mode: 0o600,
	content: '[Unit]\n',
	before: undefined,
	why: 'the service',
};

export const start: Action = {
	does: 'run',
	command: ['systemctl', '--user', 'start', 'vira.service'],
	why: 'now',
	onFailure: failure,
};

export const progress: readonly Progress[] = [
	{at: 'started', index: 0, action: writeUnit},
	{at: 'finished', index: 0, action: writeUnit},
	{at: 'started', index: 1, action: start},
];

/** Quotes a secret everywhere that progress can quote one. */
export const tellingSecrets: readonly Progress[] = [
	{at: 'started', index: 0, action: start},
	{at: 'working', index: 0, action: start, line: 'S3CR3T is fetched', elapsedMs: 500},
	{at: 'working', index: 0, action: start, line: 'built with S3CR3T', elapsedMs: 11_000},
	{at: 'failed', index: 0, action: start, failure: {message: 'S3CR3T was refused.', exit: 6}},
	{at: 'undoing', index: 0, action: start},
	{at: 'not-undone', index: 0, action: start, failure: {message: 'S3CR3T was refused again.', exit: 6}},
	{at: 'checked', finding: {level: 'error', code: 'responding', message: 'The page is S3CR3T.'}},
];

/** As a proposal hides the secrets of its settings. */
export const hideSecret = (text: string): string => text.replaceAll('S3CR3T', '••••••');

export const verdict: Verdict = {
	healthy: true,
	findings: [],
	startsAtBoot: true,
	survivesLogout: true,
	url: 'https://localhost:5005/',
	log: [],
};
