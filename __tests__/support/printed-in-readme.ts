import {readFileSync} from 'node:fs';

export interface Printed {
	/** The words after `vira-setup`. */
	readonly words: readonly string[];
	readonly output: string;
}

const readme = new URL('../../README.md', import.meta.url);

/** What a section of README says that commands print, in its order: each stands after its `$ vira-setup …`. */
export const printedIn = (heading: string): readonly Printed[] => {
	const text = readFileSync(readme, 'utf8');
	const from = text.slice(text.indexOf(`\n## ${heading}\n`) + 1);
	const section = from.slice(0, from.indexOf('\n## '));
	const blocks = [...section.matchAll(/^```\n(\$ vira-setup [^]*?)^```$/gmu)].map(([, block]) => block ?? '');
	return blocks.flatMap((block) =>
		block
			.split(/^\$ vira-setup /mu)
			.slice(1)
			.map((part) => {
				const [command = '', ...lines] = part.split('\n');
				return {words: command.split(' '), output: lines.join('\n').trimEnd()};
			}),
	);
};
