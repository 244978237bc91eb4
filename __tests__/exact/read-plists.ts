import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {demandCommand, runCommand} from '../../scripts/machine/command.ts';
import {installPackages} from '../../scripts/machine/host.ts';

/** What Python reads from a property list. */
export interface Read {
	readonly arguments: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
	/** Where a shell starts the program: what the program received by way of each kind, each byte as one character. */
	readonly received: Readonly<
		Record<string, {readonly words: readonly string[]; readonly variables: readonly string[]}>
	>;
}

/** The kernel has these bytes; the shell that copies them changes none. */
const dump = `#!/bin/sh
/bin/cat /proc/$$/cmdline
/bin/cat /proc/$$/environ >&2
`;

/** Nothing waits here; the program is replaced by one that reports what it received. */
const reader = `
import glob, json, os, plistlib, subprocess, sys
folder = sys.argv[1]
parts = lambda data: data.decode('latin-1').split('\\0')[:-1]
def started(shell, words, variables):
    script = words[2].replace('/bin/wait4path /nix/store', ':')
    ran = subprocess.run(['/bin/sh', '-c', script, folder + '/dump', *words[4:]], executable=shell, env=variables, capture_output=True)
    return {'words': parts(ran.stdout), 'variables': parts(ran.stderr)}
for index in range(int(sys.argv[2])):
    with open(f'{folder}/{index}.plist', 'rb') as file:
        agent = plistlib.load(file)
    words, variables = agent['ProgramArguments'], agent['EnvironmentVariables']
    shells = ['/bin/bash', '/bin/dash'] if words[0] == '/bin/sh' else []
    received = {shell: started(shell, words, variables) for shell in shells}
    print(json.dumps({'arguments': words, 'environment': variables, 'received': received}))
`;

const preparePython = async (): Promise<void> => {
	// Debian's smallest Python comes without this module.
	const known = await runCommand(['python3', '-c', 'import plistlib']).catch(() => undefined);
	if (known?.exitCode !== 0) await installPackages(['python3']);
};

/** The property lists as Python's own parser reads them, in their order. One process reads all of them. */
export const readPlists = async (texts: readonly string[]): Promise<readonly Read[]> => {
	await preparePython();
	const folder = await mkdtemp(join(tmpdir(), 'vira-setup-plists-'));
	try {
		await writeFile(join(folder, 'dump'), dump, {mode: 0o755});
		for (const [index, text] of texts.entries()) await writeFile(join(folder, `${index}.plist`), text);
		const read = ['python3', '-X', 'utf8', '-c', reader, folder, String(texts.length)];
		const lines = (await demandCommand(read, {timeoutMs: 600_000, named: ['python3']}))
			.split('\n')
			.slice(0, -1);
		return lines.map((line) => JSON.parse(line) as Read);
	} finally {
		await rm(folder, {recursive: true});
	}
};
