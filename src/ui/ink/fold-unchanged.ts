import type {DiffLine} from '../../steps/plan/preview.ts';

/** Unchanged lines shown before and after a change. */
const around = 3;

/** The lines of a diff; a number stands for that many lines far from any change. */
export const foldUnchanged = (lines: readonly DiffLine[]): readonly (DiffLine | number)[] => {
	const near = new Set<number>();
	for (const [index, {mark}] of lines.entries())
		if (mark !== 'same') for (let at = index - around; at <= index + around; at += 1) near.add(at);
	const shown: (DiffLine | number)[] = [];
	for (const [index, line] of lines.entries()) {
		const last = shown.at(-1);
		if (near.has(index)) shown.push(line);
		else if (typeof last === 'number') shown[shown.length - 1] = last + 1;
		// One line takes no more room than the text that would replace it.
		else shown.push(index === lines.length - 1 || near.has(index + 1) ? line : 1);
	}
	return shown;
};
