/** The number, or the nearer one of two that it must be between. */
export const clamp = (number: number, least: number, most: number): number =>
	Math.max(least, Math.min(number, most));
