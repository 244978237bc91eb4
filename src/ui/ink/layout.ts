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

/** What the body of the screen has, in lines, as last laid out. */
export interface Viewport {
	/** Whether the screen was laid out, so that the person may have seen it. */
	readonly isLaidOut: boolean;
	/** Visible lines. */
	readonly height: number;
	/** All lines. */
	readonly content: number;
	/** The lines of the rows that can have the focus. */
	readonly rows: Readonly<Record<string, number>>;
	/** The line at which the long text begins. */
	readonly list: number;
	/** The height of what is below the lines, or scrolls with them. */
	readonly foot: number;
}
