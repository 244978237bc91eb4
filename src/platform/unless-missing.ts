/** A name that is longer than any can be is that of nothing. */
const notThere: readonly string[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];

/** What was looked for; undefined where nothing is there. */
export const unlessMissing = async <T>(looking: Promise<T>): Promise<T | undefined> => {
	try {
		return await looking;
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== undefined && notThere.includes(code)) return undefined;
		throw error;
	}
};
