import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {median} from './median.ts';

const numbered = <T>(count: number, one: (index: number) => T): readonly T[] =>
	Array.from({length: count}, (_, index) => one(index));

/** This many repositories with a token in their URL, variables with a secret, and folders for the PATH of builds. */
const settingsWith = (repositories: number, variables: number, packages: number): string =>
	JSON.stringify({
		initialState: {
			repositories: Object.fromEntries(
				numbered(repositories, (index) => [
					`repository-${index}`,
					`https://oauth2:glpat-${index}abcdefghijklmnop@git.example/team/repository-${index}.git`,
				]),
			),
		},
		systemd: {
			environment: Object.fromEntries(
				numbered(variables, (index) => [`SERVICE_${index}_TOKEN`, `secret-${index}-of-it`]),
			),
		},
		extraPackages: numbered(packages, (index) => `/opt/package-${index}/bin`),
	});

/** Prints its peak memory to standard error, in kilobytes (getrusage(2)), after the program exits. */
const tellsMemory =
	'data:text/javascript,process.on("exit",()=>process.stderr.write(`\\nkB ${process.resourceUsage().maxRSS}\\n`))';

/** From the start of Node to the end of a plan, as text and as JSON, and the peak memory: the median of several rounds. */
export const manySecrets = (
	program: string,
	{folder, rounds}: {readonly folder: string; readonly rounds: number},
): {readonly seconds: number; readonly megabytes: number} => {
	const file = join(folder, 'secrets.json');
	writeFileSync(file, settingsWith(10_000, 1000, 100));
	const words = [
		'--import',
		tellsMemory,
		program,
		'--simulate',
		'linux',
		'--dry-run',
		'--json',
		'--config',
		file,
	];
	const taken = numbered(rounds, () => {
		const began = performance.now();
		const {status, stdout, stderr} = spawnSync(process.execPath, words, {
			maxBuffer: 2 ** 28,
			encoding: 'utf8',
		});
		const seconds = (performance.now() - began) / 1000;
		if (status !== 0 || stdout.includes('glpat-') || stdout.includes('secret-1-'))
			throw new Error(`It ended with ${String(status)}, or shows a secret:\n${stderr.slice(0, 2000)}`);
		return {seconds, megabytes: Number(/kB (\d+)/u.exec(stderr)?.[1]) / 1000};
	});
	return {
		seconds: median(taken.map((one) => one.seconds)),
		megabytes: median(taken.map((one) => one.megabytes)),
	};
};
