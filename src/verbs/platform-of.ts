import type {Platform} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';

/** The platform whose rules hold for the settings of a system. */
export const platformOf = ({platform}: System): Platform => (platform === 'darwin' ? 'macos' : 'linux');
