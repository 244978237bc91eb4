/** A line of a file as the preview shows it. */
export interface DiffLine {
	readonly mark: 'same' | 'added' | 'removed';
	readonly text: string;
}

export interface PreviewFile {
	readonly path: string;
	/** Octal, four digits, such as `0600`. */
	readonly mode: string;
	readonly change: 'new' | 'changed' | 'deleted';
	readonly lines: readonly DiffLine[];
	readonly why: string;
}

export interface PreviewCommand {
	/** As a person can type it. */
	readonly text: string;
	readonly why: string;
}

/** What a person has to know beside files and commands. */
export interface Warning {
	readonly code: string;
	readonly sentence: string;
}

/** Everything that would happen, as data that any front end can draw. Secrets are masked. */
export interface Preview {
	/** Whether anything would change. */
	readonly changes: boolean;
	readonly folders: readonly string[];
	readonly files: readonly PreviewFile[];
	readonly commands: readonly PreviewCommand[];
	readonly warnings: readonly Warning[];
	readonly startsAtBoot: boolean;
	readonly survivesLogout: boolean;
	/** Who can reach the page. */
	readonly reachableFrom: string;
	readonly url: string;
}
