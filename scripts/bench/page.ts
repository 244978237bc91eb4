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
		'Measured by `npm run bench`, which does everything in turns and takes the medians. Where it says "times", both were started in the same round: such figures mean the same on another machine, and milliseconds do not.',
		'',
		`Measured on ${machine()}.`,
		'',
		'| what | measured | not to exceed | holds |',
		'| --- | --- | --- | --- |',
		...figures.map(
			({what, measured, limit, holds}) =>
				`| ${what} | ${measured} | ${limit} | ${holds ? 'yes' : '**no**'} |`,
		),
		'',
		'## What the figures rest on',
		'',
		'- `--version` and `--help` are answered before anything else is loaded: the page is made from the lists of verbs, flags and options, without a parser of command lines.',
		'- The first frame of the wizard is drawn as text, before Ink is loaded and while the machine is still looked at.',
		'- A key changes one part of the form: what was found of the others, each item of a list among them, is remembered, and only the rows that can be seen are drawn.',
		"- What a run does not want is not loaded: Ink and React, Inquirer, execa, the network and its encryption, the other platform's simulated machine, and plist, which is called in the middle of a plan and comes by itself with the first call.",
		'- The files of a simulated machine are asked for without waiting: a promise for each took longer than all the rest of a run.',
		'- Secrets are found in one pass over a text, however many there are (Aho and Corasick, 1975). A text is masked once, and a difference that would be longer than 500 lines is not searched for the shortest.',
		'- Node can keep what it has compiled (`module.enableCompileCache`, from Node 22.1 on). It is not used: its folder lies where every user of the machine can write, and what is compiled is run without a look at it.',
		'',
	].join('\n');
