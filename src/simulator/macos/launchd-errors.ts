/** The texts of `launchctl error`. */
const texts: Readonly<Record<number, string>> = {
	1: 'Operation not permitted',
	2: 'No such file or directory',
	3: 'No such process',
	5: 'Input/output error',
	17: 'File exists',
	37: 'Operation already in progress',
	109: 'Invalid property list',
	110: 'Invalid or missing service identifier',
	111: 'Invalid or missing Program/ProgramArguments',
	112: 'Could not find specified domain',
	113: 'Could not find specified service',
	119: 'Service is disabled',
	122: 'Path had bad ownership/permissions',
	125: 'Domain does not support specified action',
	134: 'Service cannot load in requested session',
};

export const errorText = (code: number): string => texts[code] ?? 'Unknown error';

/** The number with its text, as in every message of launchctl. */
export const numbered = (code: number): string => `${code}: ${errorText(code)}`;
