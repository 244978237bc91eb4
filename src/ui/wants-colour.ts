/**
 * Whether output to a stream may have colors. FORCE_COLOR decides first (https://force-color.org; `0` and
 * `false` turn them off, as chalk has it), then NO_COLOR (https://no-color.org), then the terminal, if it is one.
 */
export const wantsColour = (
	environment: Readonly<Record<string, string | undefined>>,
	isTerminal: boolean,
): boolean => {
	const forced = environment['FORCE_COLOR'] ?? '';
	if (forced !== '') return forced !== '0' && forced !== 'false';
	return isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
};
