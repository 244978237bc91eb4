import type {ManagerAction} from '../facts.ts';
import type {AskRepositories, AskVira, TellImported} from './ask-vira.ts';
import type {BeginState, ClearState, SaveExport} from './state-actions.ts';
import type {FileAction} from './change-file.ts';
import type {DeleteFolder, MakeFolder, DeleteLink, Move, Purge} from './change-path.ts';
import type {RunCommand} from './run-command.ts';
import type {WaitFor} from './wait-for.ts';

/** What every service manager can do to a machine. */
export type OwnAction =
	| FileAction
	| MakeFolder
	| DeleteFolder
	| DeleteLink
	| Purge
	| Move
	| SaveExport
	| RunCommand
	| WaitFor
	| AskVira
	| AskRepositories
	| TellImported
	| BeginState
	| ClearState;

/** One change to the machine, as data: it can be shown, compared and undone. */
export type Action = OwnAction | ManagerAction;
