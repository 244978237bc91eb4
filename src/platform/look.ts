import type {Inspected, System} from './system.ts';

/** Whether the machine kept a person from looking into a folder. */
export const isDenied = (error: unknown): boolean =>
	typeof error === 'object' && error !== null && 'code' in error && error.code === 'EACCES';

/** What is only searched in a file of somebody else's; undefined where it cannot be read, whatever keeps it from that. */
export const skim = async (system: System, path: string): Promise<string | undefined> => {
	try {
		return await system.readFile(path, {lossy: true});
	} catch {
		return undefined;
	}
};

/** As System.inspect; `hidden` for what lies in a folder that this person may not look into. */
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

/** As System.inspect; undefined also for what lies in a folder that this person may not look into. */
export const look = async (system: Pick<System, 'inspect'>, path: string): Promise<Inspected | undefined> => {
	const found = await lookInto(system, path);
	return found === 'hidden' ? undefined : found;
};
