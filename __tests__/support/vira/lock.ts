import {closeSync, openSync, statSync, unlinkSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {locked} from '../../../src/simulator/vira/vira-words.ts';
import {codeOf, Failure} from './failure.ts';

/**
 * Node cannot lock a file. A socket that is named after the file works too, because its name is free again when the
 * process exits, however it does: on Linux in the abstract namespace (unix(7)), on other systems as a temporary file.
 */
const socketFor = (file: string): string => {
	const {dev, ino} = statSync(file);
	const name = `vira-stand-in-${dev}-${ino}`;
	return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), name);
};

const isListening = async (path: string): Promise<boolean> =>
	new Promise((resolve) => {
		const server = createServer().unref();
		server.once('error', () => resolve(false));
		server.listen(path, () => resolve(true));
	});

const answers = async (path: string): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = connect(path);
		socket.once('error', () => resolve(false));
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
	});

const removeLeftover = (path: string): void => {
	try {
		unlinkSync(path);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
	}
};

/** Locks the state for this process until it ends. The file of the lock is empty, and stays. */
export const takeLock = async (database: string, stateFolder: string): Promise<void> => {
	const file = join(database, 'open.lock');
	closeSync(openSync(file, 'a', 0o644));
	const socket = socketFor(file);
	if (await isListening(socket)) return;
	const isLeftover = !socket.startsWith('\0') && !(await answers(socket));
	if (isLeftover) removeLeftover(socket);
	if (!isLeftover || !(await isListening(socket))) throw new Failure(locked(stateFolder));
};
