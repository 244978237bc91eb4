/** Folders that macOS opens only to programs with permission from the user (System Settings > Privacy & Security). */
const guarded = [
	['Desktop', 'on the Desktop'],
	['Documents', 'in Documents'],
	['Downloads', 'in Downloads'],
	['Library/Mobile Documents', 'in iCloud Drive'],
	['Library/CloudStorage', 'in a cloud storage folder'],
] as const;

/** Which of them contains a path, as the end of a sentence. Both paths are without links. */
export const guardedPlaceOf = (real: string, home: string): string | undefined => {
	// The disk of a Mac is case-insensitive.
	const [place, above] = [real.toLowerCase(), home.toLowerCase()];
	return guarded.find(([name]) => `${place}/`.startsWith(`${above}/${name.toLowerCase()}/`))?.[1];
};
