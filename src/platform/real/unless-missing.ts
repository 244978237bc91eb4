/** A name that is too long cannot exist. */
const notThere: readonly string[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];

/** The result; undefined if the path does not exist. */
export const unlessMissing = async <T>(looking: Promise<T>): Promise<T | undefined> => {
	try {
		return await looking;
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== undefined && notThere.includes(code)) return undefined;
		throw error;
	}
};
