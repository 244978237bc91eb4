import {domainTarget} from '../platform/macos/launchctl.ts';
import {asTyped} from '../platform/run-as-root.ts';
import {maskLooks} from '../settings/secret-looks.ts';
import type {Action} from '../steps/action.ts';
import type {Check} from '../steps/progress.ts';
import {commandText} from '../platform/command-text.ts';
import {printable} from './printable.ts';

/** A path with `~` for the home folder. */
export const shortPath = (path: string, home: string): string => {
	if (path === home) return '~';
	return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
};

const message = (action: Action, home: string): string => {
	switch (action.does) {
		case 'write-file':
			return `${action.before ? 'Change' : 'Write'} ${shortPath(action.path, home)}`;
		case 'delete-file':
			return `Remove ${shortPath(action.path, home)}`;
		case 'make-folder':
			return `Make the folder ${shortPath(action.path, home)}`;
		case 'delete-folder':
			return `Remove the folder ${shortPath(action.path, home)}`;
		case 'move':
			return `Move ${shortPath(action.from, home)} to ${shortPath(action.to, home)}`;
		case 'load-agent':
			return `Load the service into ${domainTarget(action.domain, action.uid)} and start it`;
		case 'unload-agent':
			return `End the service and take it out of ${domainTarget(action.domain, action.uid)}`;
		case 'restart-agent':
			return `Start the service anew in ${domainTarget(action.domain, action.uid)}`;
		case 'ask-repositories':
			return 'Ask Vira for the repositories that it has';
		case 'tell-imported':
			return 'Ask Vira which repositories it has added';
		case 'begin-state':
			return `Look at what is in ${shortPath(action.path, home)}`;
		case 'clear-state':
			return `Remove what Vira has put into ${shortPath(action.path, home)}`;
		case 'save-export':
			return `Write ${shortPath(action.path, home)} from ${commandText(action.command)}${action.mayFail ? ', where Vira can' : ''}`;
		case 'delete-link':
			return `Remove the link ${shortPath(action.path, home)}`;
		case 'purge':
			return `Delete ${shortPath(action.path, home)} for good`;
		case 'run':
			return `Run ${commandText(action.asRoot ? asTyped(action.command) : action.command)}`;
		case 'ask-vira':
			return 'Ask the new Vira what it can do';
		case 'wait-for':
			return action.why;
	}
};

/** What an action does, on one line. */
export const describeAction = (action: Action, home: string): string =>
	printable(maskLooks(message(action, home)));

/** What is waited for once everything is done. */
export const checkTexts: Readonly<Record<Check, string>> = {
	running: 'Wait until Vira runs steadily',
	answering: 'Wait until its page answers',
};

/** undefined: that cannot be told. */
export const yesOrNo = (yes: boolean | undefined): string => {
	if (yes === undefined) return 'not known';
	return yes ? 'yes' : 'no';
};
