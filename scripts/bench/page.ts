import {cpus, totalmem} from 'node:os';

/** A figure, and its limit. */
export interface Figure {
	readonly what: string;
	readonly measured: string;
	readonly limit: string;
	readonly holds: boolean;
}

/** The machine of the measurement, without its owner. */
const machine = (): string => {
	const processors = cpus();
	const memory = Math.round(totalmem() / 2 ** 30);
	return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
};

/** docs/performance.md. */
export const performancePage = (figures: readonly Figure[]): string =>
	[
		'# Performance',
		'',
		'`npm run bench` measures everything in alternating rounds and reports medians. Figures in "times" compare two programs started in the same round, so they can be compared between machines. Milliseconds cannot.',
		'',
		`Measured on ${machine()}.`,
		'',
		'| what | measured | limit | holds |',
		'| --- | --- | --- | --- |',
		...figures.map(
			({what, measured, limit, holds}) =>
				`| ${what} | ${measured} | ${limit} | ${holds ? 'yes' : '**no**'} |`,
		),
		'',
		'## Why it is fast',
		'',
		'- `--version` and `--help` load nothing else. The help page comes from the lists of commands, flags and options, without a command-line parser.',
		'- The wizard draws its first frame as text, before Ink is loaded and while the machine is still being checked.',
		'- A frame is sent with the fewest styles, blanks and cursor movements: about a third fewer bytes for a key, which matters over SSH.',
		'- A key changes one part of the form. Results for the other parts, down to each list item, are cached, and only visible rows are drawn.',
		"- A run loads only what it uses: Ink and React, Inquirer, execa, networking and TLS, plist, and the other platform's simulated machine are loaded on demand.",
		"- Node's own modules are taken as objects (`process.getBuiltinModule`): an `import` of one reads all that it exports, which loads parts that no run needs. The tables for the width of emoji are created when a text needs them.",
		'- A simulated machine reads its files synchronously: one promise per file took longer than the rest of a run.',
		'- All secrets are found in one pass over a text (Aho and Corasick, 1975). A text is masked once, and no minimal difference is computed if it would exceed 500 lines.',
		"- Node's compile cache (`module.enableCompileCache`, since Node 22.1) is not used: it lies in a folder that every user of the machine can write to, and Node runs its contents without checking them.",
		'',
	].join('\n');
