interface Terminal {
	readonly stdin: {readonly setRawMode?: unknown};
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * No terminal tells whether a screen reader listens. INK_SCREEN_READER is Ink's variable for it, ACCESSIBLE that of
 * other programs that ask (huh, gum).
 */
const hasScreenReader = ({environment}: Terminal): boolean =>
	environment['INK_SCREEN_READER'] === 'true' ||
	!['', '0', 'false'].includes(environment['ACCESSIBLE'] ?? '');

/** Whether single keys can be had, and the cursor be moved. */
export const hasRawMode = ({stdin, environment}: Terminal): boolean =>
	environment['TERM'] !== 'dumb' && typeof stdin.setRawMode === 'function';

/** Whether a screen that is drawn anew is of no use here. */
export const needsLines = (terminal: Terminal): boolean => !hasRawMode(terminal) || hasScreenReader(terminal);
