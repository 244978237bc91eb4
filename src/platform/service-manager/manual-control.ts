import {exitCode, type Failure} from '../../errors.ts';
import type {Facts} from '../facts.ts';
import type {System} from '../system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action} from '../actions/action.ts';
import {cannotRun} from './advice.ts';
import type {ExistingFiles} from '../installed/situation.ts';
import type {NextStart} from './service-words.ts';

/** How a service manager starts and stops the service on request: none of its files changes. */
export interface ByHand {
	/** Why it cannot be started now; undefined: it can. */
	readonly cannotStart: (settings: Settings) => Failure | undefined;
	/** The program that the service would run; undefined if that is unknown. */
	readonly program: (system: System, existing: ExistingFiles) => Promise<string | undefined>;
	/** The settings with the domain in which the service is. */
	readonly asPlaced: (settings: Settings) => Settings;
	/** Removes the mask that prevents a start. */
	readonly unmask: readonly Action[];
	/** Empty if it is running. */
	readonly start: (settings: Settings) => readonly Action[];
	/** A new process; a start, if none is running. */
	readonly restart: (settings: Settings) => readonly Action[];
	/** Empty if nothing is running. */
	readonly stop: readonly Action[];
	/** Why it is unknown whether it is running; undefined: it is not, since nothing could run it. */
	readonly whyUnknown: (system: System) => Promise<Failure | undefined>;
	/** Settings are undefined if they cannot be read. */
	readonly nextStart: (settings: Settings | undefined) => NextStart;
}

/** For a start or restart that was refused. */
export const notStopped = 'The running Vira was not stopped.';

/** If the tool itself cannot be run: the fixes for a silent service manager do not help then. */
export const toolFailure = ({unusable}: Pick<Facts, 'unusable'>, trial?: string): Failure | undefined =>
	unusable && {...cannotRun(unusable, trial), exit: exitCode.unsuitable};
