import {isOurUnit} from './linux/unit.ts';
import {isOurAgent} from './macos/launch-agent.ts';

/** Whether this program, or another version of it, has written the file of a service, of whichever manager. */
export const isOurService = (text: string): boolean => isOurUnit(text) || isOurAgent(text);
