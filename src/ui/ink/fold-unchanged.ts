import type {DiffLine} from '../../steps/preview.ts';

/** Unchanged lines that are shown beside a change. */
const around = 3;

/** The lines of a difference, with a number in the place of so many lines that are far from any change. */
export const foldUnchanged = (lines: readonly DiffLine[]): readonly (DiffLine | number)[] => {
	const near = new Set<number>();
	for (const [index, {mark}] of lines.entries())
		if (mark !== 'same') for (let at = index - around; at <= index + around; at += 1) near.add(at);
	const shown: (DiffLine | number)[] = [];
	for (const [index, line] of lines.entries()) {
		const last = shown.at(-1);
		if (near.has(index)) shown.push(line);
		else if (typeof last === 'number') shown[shown.length - 1] = last + 1;
		// One line takes no more room than the words that would stand for it.
		else shown.push(index === lines.length - 1 || near.has(index + 1) ? line : 1);
	}
	return shown;
};
