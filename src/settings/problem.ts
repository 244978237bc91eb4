import type {Notice} from '../notice.ts';
import type {OptionName, Settings} from './options.ts';

/** A problem with a set of values, at the option where it can be fixed. The message says what is wrong and what fixes it. */
export interface Problem extends Pick<Notice, 'message'> {
	readonly option: OptionName;
	/** The item of a list, or the name in a map, if it is about one. */
	readonly item?: string;
	/** A value that solves it, as it is typed. */
	readonly suggestion?: string;
}

/** A value that could not be read. */
export interface Misgiven extends Omit<Problem, 'option'> {
	/** undefined: it is about the whole source. */
	readonly option: OptionName | undefined;
	/** Its full name in a settings file, even if no option has it: `systemd.other`. */
	readonly setting?: string;
	/** Where it was given: `--port`, `VIRA_SETUP_PORT`, `--config vira.json: port`. */
	readonly place: string;
}

/** A number, or words in letters of one case: a secret, given by mistake, hardly looks like it. */
const harmless = /^(?:-?\d{1,9}(?:\.\d{1,9})?|[A-Z]?[a-z]+(?:[._\/][a-z]+)*)$/u;

/** A wrong value as a message can quote it; undefined if it may be a secret. */
export const quotable = (text: string): string | undefined =>
	text.length <= 40 && harmless.test(text) ? text : undefined;

export const misgivenText = ({place, message}: Misgiven): string =>
	place === '' ? message : `${place}: ${message}`;

/** Finds one kind of problem. */
export type Rule = (settings: Settings) => readonly Problem[];
