import {domainTarget} from '../../platform/launchd/launchctl.ts';
import {asTyped} from '../../platform/run-as-root.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Action} from '../../platform/actions/action.ts';
import type {Check} from '../../platform/actions/progress.ts';
import {commandText} from '../../platform/command-text.ts';
import {printable} from '../printable.ts';

/** A path with `~` for the home folder. */
export const shortPath = (path: string, home: string): string => {
	if (path === home) return '~';
	return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
};

const message = (action: Action, home: string): string => {
	switch (action.does) {
		case 'write-file':
			return `${action.before ? 'Change' : 'Create'} ${shortPath(action.path, home)}`;
		case 'delete-file':
			return `Remove ${shortPath(action.path, home)}`;
		case 'make-folder':
			return `Create ${shortPath(action.path, home)}`;
		case 'delete-folder':
			return `Remove the folder ${shortPath(action.path, home)}`;
		case 'move':
			return `Move ${shortPath(action.from, home)} to ${shortPath(action.to, home)}`;
		case 'load-agent':
			return `Load the service into ${domainTarget(action.domain, action.uid)} and start it`;
		case 'unload-agent':
			return `Stop the service and unload it from ${domainTarget(action.domain, action.uid)}`;
		case 'restart-agent':
			return `Restart the service in ${domainTarget(action.domain, action.uid)}`;
		case 'ask-repositories':
			return 'List the repositories that Vira has';
		case 'tell-imported':
			return 'Check which repositories Vira has added';
		case 'begin-state':
			return `Check what is in ${shortPath(action.path, home)}`;
		case 'clear-state':
			return `Remove what Vira wrote to ${shortPath(action.path, home)}`;
		case 'save-export':
			return `Save the output of ${commandText(action.command)} to ${shortPath(action.path, home)}${action.mayFail ? ', if Vira supports it' : ''}`;
		case 'delete-link':
			return `Remove the link ${shortPath(action.path, home)}`;
		case 'purge':
			return `Delete ${shortPath(action.path, home)} permanently`;
		case 'run':
			return `Run ${commandText(action.asRoot ? asTyped(action.command) : action.command)}`;
		case 'ask-vira':
			return 'Check what the new Vira supports';
		case 'wait-for':
			return action.why;
	}
};

/** What an action does, on one line. */
export const describeAction = (action: Action, home: string): string =>
	printable(maskLooks(message(action, home)));

/** The checks after the last action. */
export const checkTexts: Readonly<Record<Check, string>> = {
	running: 'Check that Vira keeps running',
	answering: 'Wait for Vira to respond',
};

/** undefined: unknown. */
export const yesOrNo = (yes: boolean | undefined): string => {
	if (yes === undefined) return 'unknown';
	return yes ? 'yes' : 'no';
};
