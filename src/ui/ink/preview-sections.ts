import {cut, type Line} from './line.ts';

/** A part of the preview: one file, or anything else with a heading. */
export interface PreviewSection {
	readonly name: string;
	/** The line of its heading, counted from 0. */
	readonly line: number;
}

/** Names the part that the first shown line belongs to. */
export const sectionLine = (sections: readonly PreviewSection[], top: number, width: number): Line => {
	const at = Math.max(
		0,
		sections.findLastIndex(({line}) => line <= top),
	);
	const section = sections[at];
	return section === undefined
		? []
		: [{text: cut(`▸ ${at + 1} of ${sections.length}: ${section.name}`, width), tone: 'accent'}];
};

/**
 * The line that a jump goes to. Forward from the end, and back from the beginning, it goes to the other end.
 */
export const jumpedTo = (
	sections: readonly PreviewSection[],
	by: 1 | -1,
	{top, last}: {readonly top: number; readonly last: number},
): number => {
	if (by === 1) return top >= last ? 0 : (sections.find(({line}) => line > top)?.line ?? last);
	return top === 0 ? last : (sections.findLast(({line}) => line < top)?.line ?? 0);
};
