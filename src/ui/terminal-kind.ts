interface Terminal {
	readonly stdin: {readonly setRawMode?: unknown};
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A terminal does not report whether a screen reader is running. INK_SCREEN_READER is the variable of Ink, ACCESSIBLE
 * that of other interactive programs (huh, gum).
 */
const hasScreenReader = ({environment}: Terminal): boolean =>
	environment['INK_SCREEN_READER'] === 'true' ||
	!['', '0', 'false'].includes(environment['ACCESSIBLE'] ?? '');

/** Whether the terminal delivers single keys and can move the cursor. */
export const hasRawMode = ({stdin, environment}: Terminal): boolean =>
	environment['TERM'] !== 'dumb' && typeof stdin.setRawMode === 'function';

/** Whether the terminal cannot show a screen that is redrawn. */
export const needsLines = (terminal: Terminal): boolean => !hasRawMode(terminal) || hasScreenReader(terminal);
