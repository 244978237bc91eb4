/*
 * Loaded into the built program before anything else (node --import). Counts the points before and after each change of
 * a file and each command; KILL_AT=N ends the program at the Nth as a loss of power would (SIGKILL), POINTS_TO=FILE
 * writes the list of all that were passed when the program has ended.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';

const killAt = Number(process.env.KILL_AT ?? 0);
const pointsTo = process.env.POINTS_TO;
const {appendFileSync} = fs;
const points = [];

// No command that the program runs is to be killed in its place.
for (const name of ['KILL_AT', 'POINTS_TO', 'NODE_OPTIONS']) delete process.env[name];

const pass = (point) => {
	points.push(point);
	if (points.length === killAt) process.kill(process.pid, 'SIGKILL');
};

const around = (name, real) =>
	async function (...given) {
		const what = `${name} ${typeof given[0] === 'string' ? given[0] : ''}`;
		pass(`before ${what}`);
		const answer = await Reflect.apply(real, this, given);
		pass(`after ${what}`);
		return answer;
	};

for (const name of ['chmod', 'link', 'mkdir', 'rename', 'rm', 'rmdir', 'symlink', 'unlink', 'writeFile'])
	promises[name] = around(name, promises[name]);

const {open} = promises;
promises.open = async (path, flags, mode) => {
	if (flags === 'r') return open(path, flags, mode);
	const handle = await around(`open ${flags}`, () => open(path, flags, mode))(path);
	for (const name of ['writeFile', 'chmod', 'sync'])
		handle[name] = around(`${name} in ${path}`, handle[name].bind(handle));
	return handle;
};

const {spawn} = childProcess;
childProcess.spawn = (program, words, options) => {
	const what = `run ${[program, ...words].join(' ')}`;
	pass(`before ${what}`);
	const child = spawn(program, words, options);
	child.prependListener('exit', () => pass(`after ${what}`));
	return child;
};

syncBuiltinESMExports();

process.on('exit', () => {
	if (pointsTo !== undefined) appendFileSync(pointsTo, JSON.stringify(points));
});
