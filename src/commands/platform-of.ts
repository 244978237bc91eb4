import type {Platform} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';

/** The platform whose rules apply to the settings. */
export const platformOf = ({platform}: System): Platform => (platform === 'darwin' ? 'macos' : 'linux');
