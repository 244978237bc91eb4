import {
	listOf,
	object,
	ref,
	said,
	text,
	textOrNull,
	yesNoOrNull,
	yesOrNo,
	type Json,
} from './schema-parts.ts';

const proxyRule: Json = said(
	'The path that a proxy must pass on, and to where; null: no proxy is needed, or the settings are unknown.',
	{oneOf: [{type: 'null'}, object({path: text, to: text})]},
);

/** Something that uninstall does not remove. */
const leftover = object({
	path: said('null: it is not a file.', textOrNull),
	what: said('What it is, and why it was kept.', text),
	fixes: said('What removes it.', listOf(ref('fix'))),
});

const numberOrNull: Json = {type: ['integer', 'null']};

/** Fields that only the document of `status` has; null stands for what is unknown or does not exist. */
export const statusFields: Readonly<Record<string, Json>> = {
	installed: said('Whether vira-setup has set up Vira here.', yesOrNo),
	enabled: said('Whether the service manager starts the service automatically.', yesNoOrNull),
	unitMasked: said('Linux: whether the unit is masked, so that systemd never starts it.', yesOrNo),
	loaded: said('Whether the service manager has loaded the service.', yesNoOrNull),
	running: said('Whether the process of the service is running.', yesNoOrNull),
	state: said("The state in systemd's words, on a Mac too.", text),
	lastExit: said('How the last process exited, if the service is not running.', textOrNull),
	responding: said('Whether the page responds; null: it was not requested.', yesNoOrNull),
	page: said('How the page responded: a sentence.', textOrNull),
	pid: said('The PID of Vira.', numberOrNull),
	since: said('When it started, ISO 8601.', textOrNull),
	restarts: said(
		'How often systemd restarted it; on a Mac, how often it was started since it was loaded.',
		numberOrNull,
	),
	memoryBytes: said('How much memory it uses.', numberOrNull),
	serviceFile: said('The file that the service manager has loaded.', textOrNull),
	dropIns: said('Linux: the drop-ins of the unit.', listOf(text)),
	managedBy: said('What manages a service of this name, if it is not vira-setup.', textOrNull),
	lingering: said('Linux: whether lingering is on for this user.', yesNoOrNull),
	domains: said('macOS: the launchd domains that have loaded the service.', {
		type: ['array', 'null'],
		items: text,
	}),
	desktopSession: said('macOS: whether this user has a desktop session.', yesNoOrNull),
	diagnosis: said('Why the service does not run as set up.', {
		oneOf: [{type: 'null'}, ref('notice')],
	}),
	drift: said('What has changed since setup.', listOf(ref('notice'))),
};

/** Fields of `doctor`; `readiness` is in the documents of a setup as well. */
const doctorFields: Readonly<Record<string, Json>> = {
	checks: said(
		'Every check, the machine first. An error keeps Vira from running, or from starting again.',
		listOf(ref('notice')),
	),
	readiness: said(
		'Whether builds can succeed, in the environment of the service: Nix, each repository, variables, caches and forges, and the machine.',
		listOf(ref('notice')),
	),
	ready: said('Whether git can read each of the repositories.', yesOrNo),
	log: said('The last log lines of a service that is not healthy, oldest first.', listOf(text)),
};

/** The value of a setting; null: not set. */
const settingValue: Json = {
	anyOf: [
		{type: ['string', 'number', 'boolean', 'null']},
		listOf(text),
		{type: 'object', additionalProperties: text},
	],
};

/** A build of Vira, or of an extra package, which has only a path. */
const buildOf: Json = object({
	storePath: said('null: unknown before it is built, or not built yet.', textOrNull),
	version: textOrNull,
	revision: said('The commit of its sources, as Vira reports it.', textOrNull),
	schema: said('The schema version of its database.', numberOrNull),
});

/** Every field that a document can have, other than `schema`, `outcome` and `changed`. */
export const fields: Readonly<Record<string, Json>> = {
	command: said('The command of vira-setup that ran; missing if the arguments could not be read.', {
		enum: [
			...['install', 'status', 'start', 'stop', 'restart', 'logs', 'doctor', 'check-repository'],
			...['uninstall', 'update', 'rollback', 'export', 'completion'],
		],
	}),
	simulation: said('Everything in the document is about a simulated machine.', {const: true}),
	url: said('The URL of Vira on this machine; null: the settings are unknown.', textOrNull),
	proxy: proxyRule,
	startsAtBoot: said('Whether Vira starts at boot; null: unknown.', yesNoOrNull),
	survivesLogout: said('Whether Vira keeps running after logout.', yesOrNo),
	healthy: said('Whether the service runs and its page responds.', yesOrNo),
	settings: ref('settings'),
	steps: said('The plan in words, in order.', listOf(text)),
	changedSettings: said(
		'The settings that differ from the saved ones; empty if nothing was saved. Secrets are masked.',
		listOf(object({setting: text, from: settingValue, to: settingValue})),
	),
	updates: said(
		'The builds that are replaced by others: of update, of rollback to another Vira, and of update --check, which builds nothing.',
		listOf(object({package: text, from: buildOf, to: buildOf})),
	),
	interruptsBuilds: said('Whether a running Vira restarts, which interrupts its builds.', yesOrNo),
	plan: said('What was done or would be done, in order.', listOf(ref('action'))),
	diff: said(
		'Each file that the plan creates, changes or deletes, once; not what it moves or purges.',
		listOf(ref('fileDiff')),
	),
	warnings: listOf(ref('notice')),
	findings: said('What was checked after the change.', listOf(ref('notice'))),
	openFrom: said(
		'From where the page can be opened: a URL for this machine, one for others, and the command that makes localhost work at the other end of an SSH connection, all null if only a proxy can open it; null: Vira starts later.',
		{
			oneOf: [
				{type: 'null'},
				object({thisMachine: textOrNull, otherMachines: textOrNull, tunnel: textOrNull, proxy: proxyRule}),
			],
		},
	),
	next: said('What to do next, the most useful first.', listOf(ref('fix'))),
	notUndone: said('What could not be undone; empty: everything is as before.', listOf(ref('notice'))),
	error: ref('error'),
	version: text,
	text: said('The output of --help.', text),
	commandLine: said('For a POSIX shell; "${SECRET_…:?}" stands for each secret.', text),
	secrets: said('The variables that must hold the secrets of the command line.', listOf(text)),
	source: said('Where the lines come from: journal, or the path of a file.', text),
	lines: said('The log of the service, oldest line first.', listOf(text)),
	nextStart: said(
		'When a stopped service starts again without anyone starting it.',
		object({when: {enum: ['boot', 'login', 'never']}, message: text}),
	),
	serviceState: said('The service after a command that failed or was cancelled.', {
		enum: ['unchanged', 'running', 'retrying', 'stopped', 'unknown'],
	}),
	leftovers: said('What uninstall does not remove.', listOf(leftover)),
	notes: said('What to know before anything is removed.', listOf(ref('notice'))),
	...doctorFields,
	...statusFields,
};
