import type {GivenMac} from '../../src/platform/rehearsal/launchd/fresh-mac.ts';
import type {LaunchedService} from '../../src/platform/rehearsal/launchd/mac-state.ts';
import {rehearsalMac, type MacRehearsal} from '../../src/platform/rehearsal/rehearsal-mac.ts';
import {fileAccess} from './file-access.ts';
import {newFolder} from './rehearsal.ts';

export const label = 'org.vira.service';
export const gui = `gui/501/${label}`;
export const agentPath = `/Users/alice/Library/LaunchAgents/${label}.plist`;
export const daemonPath = `/Library/LaunchDaemons/${label}.plist`;
export const logPath = '/Users/alice/Library/Logs/vira.log';

/** The Mac in the folder, as another process would find it. */
export const macIn = (folder: string, state: GivenMac = {}): Promise<MacRehearsal> =>
	rehearsalMac({files: fileAccess, folder, pace: 'instant', state});

/** A simulated Mac of the test's own, removed after the tests. */
export const rehearseMac = (state: GivenMac = {}): Promise<MacRehearsal> => macIn(newFolder(), state);

/** A service as launchd has it now. */
export const serviceAt = async (machine: MacRehearsal, id = gui): Promise<LaunchedService | undefined> =>
	(await machine.events.mac()).services[id];
