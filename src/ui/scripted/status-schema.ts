import {listOf, object, said, text, textOrNull, yesNoOrNull, yesOrNo, type Json} from './schema-parts.ts';

const numberOrNull: Json = {type: ['integer', 'null']};

/** What the document of `status` tells of the service; null stands for what is not known, or is not there. */
export const statusFields: Readonly<Record<string, Json>> = {
	installed: said('Whether something was set up here by vira-setup.', yesOrNo),
	enabled: said('Whether the service manager is to start it by itself.', yesNoOrNull),
	masked: said('Whether systemd was told never to start it.', yesOrNo),
	loaded: said('Whether the service manager has it.', yesNoOrNull),
	running: said('Whether its process runs.', yesNoOrNull),
	state: said("The state in systemd's words, for launchd as well.", text),
	ending: said('How it ended last, where it does not run.', textOrNull),
	answering: said('Whether its page answers; null: it was not asked.', yesNoOrNull),
	page: said('What the page answered.', textOrNull),
	process: said('The number of its process.', numberOrNull),
	since: said('Since when it runs, ISO 8601.', textOrNull),
	restarts: said(
		'How often it was started again by itself; on a Mac, by anybody since it was loaded.',
		numberOrNull,
	),
	memoryBytes: said('What it takes of the memory.', numberOrNull),
	serviceFile: said('The file that the service manager has read.', textOrNull),
	dropIns: said('Files of systemd that add to it.', listOf(text)),
	managedBy: said('Who looks after a service of this name, where it is not vira-setup.', textOrNull),
	lingering: said('Linux: whether services of this user run without a login.', yesNoOrNull),
	domains: said('macOS: where launchd has the service.', {type: ['array', 'null'], items: text}),
	session: said('macOS: whether this user has a session at the screen.', textOrNull),
	diagnosis: said('What is the matter with it.', {
		oneOf: [
			{type: 'null'},
			object({code: said('A name that does not change.', text), message: text, fixes: listOf(text)}),
		],
	}),
	drift: said(
		'What is not as it was set up.',
		listOf(object({code: said('A name that does not change.', text), message: text, fixes: textOrNull})),
	),
};
