/*
 * Loaded into the built program before anything else (node --import). After each change of a file it looks at every file
 * below HOME_TO_WATCH, and notes those that hold one of SECRETS (divided by line breaks) and that others may read.
 * EXPOSED_TO=FILE receives what it saw, as {looks, exposed}, when the program has ended.
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';

const {HOME_TO_WATCH: home, EXPOSED_TO: exposedTo, SECRETS: secrets = ''} = process.env;
for (const name of ['HOME_TO_WATCH', 'EXPOSED_TO', 'SECRETS', 'NODE_OPTIONS']) delete process.env[name];

const {lstatSync, readdirSync, readFileSync, writeFileSync} = fs;
const wanted = secrets.split('\n');
const exposed = new Set();
let looks = 0;

const filesBelow = (folder) =>
	readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
		const path = `${folder}/${entry.name}`;
		// What Vira keeps is its own, in a folder that is closed to others.
		if (entry.isDirectory()) return path.endsWith('/vira/state') ? [] : filesBelow(path);
		return entry.isFile() ? [path] : [];
	});

const look = (when) => {
	looks += 1;
	for (const path of filesBelow(home)) {
		try {
			const mode = lstatSync(path).mode & 0o777;
			if ((mode & 0o077) === 0) continue;
			const text = readFileSync(path, 'utf8');
			if (wanted.some((one) => text.includes(one))) exposed.add(`${path} ${mode.toString(8)} after ${when}`);
		} catch (error) {
			if (error.code !== 'ENOENT') throw error;
		}
	}
};

const around = (name, real) =>
	async function (...given) {
		const answer = await Reflect.apply(real, this, given);
		look(`${name} ${typeof given[0] === 'string' ? given[0] : ''}`);
		return answer;
	};

for (const name of [
	'chmod',
	'copyFile',
	'link',
	'mkdir',
	'rename',
	'rm',
	'rmdir',
	'symlink',
	'unlink',
	'writeFile',
])
	promises[name] = around(name, promises[name]);

const {open} = promises;
promises.open = async (path, flags, mode) => {
	const handle = await open(path, flags, mode);
	if (flags === 'r') return handle;
	look(`open ${path}`);
	for (const name of ['writeFile', 'chmod', 'sync', 'write'])
		handle[name] = around(`${name} in ${path}`, handle[name].bind(handle));
	return handle;
};

syncBuiltinESMExports();

process.on('exit', () => writeFileSync(exposedTo, JSON.stringify({looks, exposed: [...exposed]})));
