import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Suite} from '../../../scripts/machine/recipe.ts';

/** How a real program ended. Without an exit status it was still waiting after 8 s. */
export interface Recorded {
	readonly exitCode?: number;
	readonly late?: true;
	readonly stdout?: string;
	readonly stderr: string;
}

/** git ls-remote, called as Vira calls it, in one of the situations of `__tests__/system/forge`. */
export interface RecordedGit {
	readonly situation: string;
	readonly url: string;
	/** In alice's shell and in a user service; the variables are in addition to the usual ones. */
	readonly shell: Recorded & {readonly environment: Readonly<Record<string, string>>};
	readonly service: Recorded & {readonly environment: Readonly<Record<string, string>>};
}

/** What Nix printed in a user service, in one of the states of `__tests__/system/forge/nix-situations.ts`. */
export interface RecordedNix {
	readonly situation: string;
	readonly answers: readonly {
		readonly command: readonly string[];
		/** As Nix is configured. */
		readonly configured: Recorded;
		/** With `--extra-experimental-features`, where it failed without, and another answer came. */
		readonly enabled?: Recorded;
	}[];
}

/** What gh printed in a user service, in one of the situations of `__tests__/system/forge/login-situations.ts`. */
export interface RecordedGh {
	readonly situation: string;
	readonly answers: readonly (Recorded & {readonly command: readonly string[]})[];
}

const read = (suite: Suite, name: string): unknown =>
	JSON.parse(readFileSync(join(import.meta.dirname, suite, name), 'utf8'));

/** What git and ssh of a Debian release printed (`npm run record`), in the C locale. */
export const recordedGit = (suite: Suite): readonly RecordedGit[] =>
	(read(suite, 'git.json') as {readonly answers: readonly RecordedGit[]}).answers;

/** What Nix of a Debian release printed (`npm run record`), in the C locale. */
export const recordedNix = (suite: Suite): readonly RecordedNix[] =>
	(read(suite, 'nix.json') as {readonly situations: readonly RecordedNix[]}).situations;

/** What gh of a Debian release printed (`npm run record`), in the C locale. Debian 11 has none. */
export const recordedGh = (suite: Exclude<Suite, 'bullseye'>): readonly RecordedGh[] =>
	(read(suite, 'gh.json') as {readonly situations: readonly RecordedGh[]}).situations;

/** What differs each time gets one value. */
export const settled = (text: string): string =>
	text
		.replaceAll(/SHA256:[\w+/]{43}/gu, `SHA256:${'A'.repeat(43)}`)
		.replaceAll(/after \d+ ms/gu, 'after 3 ms')
		.replaceAll(/"lastModified":\d+/gu, '"lastModified":1767225600');

/** How git ls-remote ends: it lists branches, or none, or fails, or is still waiting when its time is up. */
export type End = 'lists' | 'lists nothing' | 'fails' | 'waits';

export const endOf = ({exitCode, late, stdout}: Omit<Recorded, 'late'> & {readonly late?: boolean}): End => {
	if (late === true) return 'waits';
	if (exitCode !== 0) return 'fails';
	return stdout === '' ? 'lists nothing' : 'lists';
};
