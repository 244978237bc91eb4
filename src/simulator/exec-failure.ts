import type {Machine} from './machine.ts';

/** The one interpreter that every machine has. */
const shell = '/bin/sh';

/** Why execve(2) does not run an executable file, in the kernel's words; undefined: it does, as far as this is simulated. */
export const execFailure = async ({files}: Machine, path: string): Promise<string | undefined> => {
	const text = (await files.readFile(path)) ?? '';
	const interpreter = /^#!\s*(\/\S+)/u.exec(text)?.[1];
	if (interpreter === undefined) return 'Exec format error';
	const isThere = interpreter === shell || (await files.inspect(interpreter))?.executable === true;
	return isThere ? undefined : 'No such file or directory';
};
