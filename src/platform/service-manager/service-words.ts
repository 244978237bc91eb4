import type {Fix} from '../../notice.ts';
import {commandText} from '../command-text.ts';
import {exitCode, type Failure} from '../../errors.ts';

// Sentences about the service that are the same for every service manager.

/** When a stopped service starts again automatically. */
export interface NextStart {
	readonly when: 'boot' | 'login' | 'never';
	readonly message: string;
}

/** The reason for an action that a person asked for. */
export const asRequested = 'as requested';

/** The reason for a stop during a setup. */
export const beforeFileChanges = 'stop the service before its file changes';

export const bootIsUnknown = 'It is unknown whether Vira starts at boot.';

export const notAtBoot = 'Vira does not start at boot.';

export const fileMissing = (path: string): string => `The service file does not exist: ${path}.`;

export const fileGone = (path: string): Failure => ({
	message: fileMissing(path),
	fixes: [{say: 'writes it again and starts Vira', command: 'vira-setup'}],
	exit: exitCode.unsuitable,
});

/** The end of a sentence, without its period. */
export const noDesktopSession = (account: string): string => `${account} has no desktop session`;

/** When a service that was stopped starts again: never, for a reason such as "it is masked". */
export const noAutomaticStart = (why: string): NextStart => ({
	when: 'never',
	message: `It does not start automatically: ${why}.`,
});

/** Why a program of the Nix store may be gone. */
export const nixDeletes = 'Nix deletes packages that no profile uses.';

export const itsFileIsGone = 'its file does not exist';

export const ifLinkUnneeded = (path: string): Fix => ({
	say: 'If you no longer need the link, remove it:',
	command: commandText(['rm', path]),
});

export const leaveHomeManager: Fix = {
	say: 'Set services.vira.enable = false in your Home Manager configuration, switch to it, then run vira-setup again.',
};

export const runAgain: Fix = {say: 'Then run vira-setup again.'};
