/** Folders that macOS opens only to programs that the person has allowed it (System Settings, Privacy & Security). */
const guarded = [
	['Desktop', 'on the desktop'],
	['Documents', 'in Documents'],
	['Downloads', 'in Downloads'],
	['Library/Mobile Documents', 'in iCloud Drive'],
	['Library/CloudStorage', 'in the folder of a cloud service'],
] as const;

/** Which of them a path lies in, as the end of a sentence; both paths are without links. */
export const guardedPlaceOf = (real: string, home: string): string | undefined => {
	// The disk of a Mac takes small and capital letters for the same.
	const [place, above] = [real.toLowerCase(), home.toLowerCase()];
	return guarded.find(([name]) => `${place}/`.startsWith(`${above}/${name.toLowerCase()}/`))?.[1];
};
