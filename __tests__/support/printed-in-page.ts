import {readFileSync} from 'node:fs';

export interface Printed {
	/** The words after `vira-setup`. */
	readonly words: readonly string[];
	readonly output: string;
}

/** What commands print according to a page, in its order: each output follows its `$ vira-setup …`. */
export const printedIn = (path: string): readonly Printed[] => {
	const page = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
	const blocks = [...page.matchAll(/^```\n(\$ vira-setup [^]*?)^```$/gmu)].map(([, block]) => block ?? '');
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
