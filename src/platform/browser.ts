import type {Facts} from './facts.ts';
import type {Command, System} from './system.ts';

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/**
 * The command that opens a URL in the person's browser (xdg-open(1), open(1)); undefined: over SSH, or without a
 * graphical session, no browser can be seen from here.
 */
export const openInBrowser = (
	{platform, environment}: Pick<System, 'platform' | 'environment'>,
	{ssh}: Pick<Facts, 'ssh'>,
	url: string,
): Command | undefined => {
	if (ssh) return undefined;
	if (platform === 'darwin') return ['/usr/bin/open', url];
	const isGraphical = isSet(environment['WAYLAND_DISPLAY']) || isSet(environment['DISPLAY']);
	return isGraphical ? ['xdg-open', url] : undefined;
};
