import type {Tone} from './line.ts';

/** The colours of the tones, of the sixteen that every terminal has; the quiet one is dim instead. */
export const colours = {
	good: 'green',
	warn: 'yellow',
	bad: 'red',
	accent: 'cyan',
} as const satisfies Readonly<Partial<Record<Tone, string>>>;
