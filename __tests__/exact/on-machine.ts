import type {Machine} from '../../scripts/machine/machine.ts';
import {waitUntil} from '../../scripts/machine/poll.ts';

/** A unit to be started on the machine, and the path where its program has to be. */
export interface Unit {
	readonly name: string;
	readonly program: string;
	readonly text: string;
}

/** What a process received, each byte as one character. */
export interface Received {
	readonly words: readonly string[];
	readonly variables: readonly string[];
	readonly umask: string;
}

/**
 * Keeps what it was given in a folder named for its unit. A shell of Debian does: the kernel has these bytes, not
 * the shell, which is why no value can disturb it. Its last line of cgroups is systemd's.
 */
const dump = `#!/bin/sh
groups=$(/bin/cat /proc/$$/cgroup)
folder="/home/alice/received/\${groups##*/}"
/bin/mkdir -p "$folder"
/bin/cat /proc/$$/cmdline >"$folder/words"
/bin/cat /proc/$$/environ >"$folder/variables"
umask >"$folder/umask"
`;

const install = `
	const {mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} = require('node:fs');
	const folder = '/home/alice/.config/systemd/user';
	for (const path of [folder, '/home/alice/received', '/home/alice/programs']) {
		rmSync(path, {recursive: true, force: true});
		mkdirSync(path, {recursive: true});
	}
	for (const {name, program, text} of JSON.parse(readFileSync(0, 'utf8'))) {
		writeFileSync(folder + '/' + name, text);
		mkdirSync(program.slice(0, program.lastIndexOf('/')), {recursive: true});
		rmSync(program, {force: true});
		symlinkSync('/home/alice/dump', program);
	}`;

const collect = `
	const {readdirSync, readFileSync} = require('node:fs');
	const folder = '/home/alice/received/';
	const read = (path) => readFileSync(folder + path, 'base64');
	for (const name of readdirSync(folder))
		console.log(JSON.stringify([name, ...['words', 'variables', 'umask'].map((file) => read(name + '/' + file))]));`;

const demand = async (machine: Machine, argv: readonly string[], input = ''): Promise<string> => {
	const {exitCode, stdout, stderr} = await machine.run(argv, {as: 'alice', input, timeoutMs: 120_000});
	if (exitCode !== 0) throw new Error(`${argv[0] ?? ''} failed: ${stderr}`);
	return stdout;
};

/** Once for each machine. */
export const prepare = async (machine: Machine): Promise<void> => {
	await machine.writeFile('/home/alice/dump', dump, {mode: '755', owner: 'alice'});
	// Her manager, and the units with it, would end between two of the sessions below.
	await machine.run(['loginctl', 'enable-linger', 'alice']);
};

const untilNoneRuns = (machine: Machine): Promise<true> =>
	waitUntil('every process had ended', async () => {
		const list = ['systemctl', '--user', 'list-units', '--state=active', '--no-legend', 'vira-*.service'];
		return (await demand(machine, list)) === '' || undefined;
	});

const parse = (line: string): readonly [string, Received] => {
	const [name = '', ...files] = JSON.parse(line) as string[];
	const [words = '', variables = '', umask = ''] = files.map((file) =>
		Buffer.from(file, 'base64').toString('latin1'),
	);
	const parts = (text: string): readonly string[] => text.split('\0').slice(0, -1);
	return [name, {words: parts(words), variables: parts(variables), umask: umask.trim()}];
};

/** systemd's own messages about some units. */
export const journalOf = async (machine: Machine, names: readonly string[]): Promise<string> => {
	const about = names.map((name) => `USER_UNIT=${name}`);
	const read = ['journalctl', '--no-pager', '--output=cat', '--lines=100', '_UID=1000', ...about];
	return (await machine.run(read)).stdout;
};

/** Starts the units, and returns what each process received after all have exited. */
export const run = async (
	machine: Machine,
	units: readonly Unit[],
): Promise<ReadonlyMap<string, Received>> => {
	await demand(machine, ['node', '-e', install], JSON.stringify(units));
	await demand(machine, ['systemctl', '--user', 'daemon-reload']);
	const start = ['systemctl', '--user', 'start', ...units.map(({name}) => name)];
	// Its exit status says that some did not start; the missing answers say which.
	await machine.run(start, {as: 'alice', timeoutMs: 300_000});
	await untilNoneRuns(machine);
	const lines = (await demand(machine, ['node', '-e', collect])).split('\n').slice(0, -1);
	return new Map(lines.map(parse));
};
