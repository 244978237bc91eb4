export interface Size {
	readonly columns: number;
	readonly rows: number;
}

export interface Layout {
	readonly width: number;
	readonly bodyHeight: number;
	/** The rules above and below the body are omitted to make room. */
	readonly compact: boolean;
	readonly tooSmall: boolean;
}

export const layoutOf = ({columns, rows}: Size): Layout => {
	const compact = rows < 16;
	return {
		width: columns,
		bodyHeight: Math.max(1, rows - (compact ? 2 : 4)),
		compact,
		tooSmall: columns < 20 || rows < 6,
	};
};

/** The first line to show so that the focused line is visible with its surroundings; the beginning if possible. */
export const topFor = (focus: number, count: number, height: number): number =>
	focus < height - 3 ? 0 : Math.min(focus - Math.floor(height / 2), Math.max(0, count - height));
