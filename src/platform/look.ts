import type {Inspected, System} from './system.ts';

/** Whether access to a folder was denied. */
export const isDenied = (error: unknown): boolean =>
	typeof error === 'object' && error !== null && 'code' in error && error.code === 'EACCES';

/** The text of someone else's file, only to be searched; undefined if it cannot be read for any reason. */
export const skim = async (system: System, path: string): Promise<string | undefined> => {
	try {
		return await system.readFile(path, {lossy: true});
	} catch {
		return undefined;
	}
};

/** As System.inspect; `hidden` if the folder is not accessible for this user. */
export const lookInto = async (
	system: Pick<System, 'inspect'>,
	path: string,
): Promise<Inspected | 'hidden' | undefined> => {
	try {
		return await system.inspect(path);
	} catch (error) {
		if (isDenied(error)) return 'hidden';
		throw error;
	}
};

/** As System.inspect; also undefined if the folder is not accessible for this user. */
export const look = async (system: Pick<System, 'inspect'>, path: string): Promise<Inspected | undefined> => {
	const found = await lookInto(system, path);
	return found === 'hidden' ? undefined : found;
};
