import type {Tone} from './line.ts';

/** The colors of the tones, from the sixteen that every terminal has; the quiet tone is dim instead. */
export const colours = {
	good: 'green',
	warn: 'yellow',
	bad: 'red',
	accent: 'cyan',
} as const satisfies Readonly<Partial<Record<Tone, string>>>;
