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
	/** The lines of help between the form and the footer. */
	readonly helpHeight: number;
}

export const layoutOf = ({columns, rows}: Size): Layout => {
	const compact = rows < 16;
	return {
		width: columns,
		bodyHeight: Math.max(1, rows - (compact ? 2 : 4)),
		compact,
		tooSmall: columns < 20 || rows < 6,
		helpHeight: compact ? 2 : 3,
	};
};

/** How many lines a page key scrolls. */
export const pageOf = (size: Size): number => Math.max(1, Math.floor(layoutOf(size).bodyHeight / 2));
