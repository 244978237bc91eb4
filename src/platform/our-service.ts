import {isOurUnit} from './systemd/unit.ts';
import {isOurAgent} from './launchd/launch-agent.ts';

/** Whether any version of vira-setup wrote a service file, for either service manager. */
export const isOurService = (text: string): boolean => isOurUnit(text) || isOurAgent(text);
