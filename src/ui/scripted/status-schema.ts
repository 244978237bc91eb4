import {listOf, ref, said, text, textOrNull, yesNoOrNull, yesOrNo, type Json} from './schema-parts.ts';

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
