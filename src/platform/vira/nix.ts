import {createHash} from 'node:crypto';
import {parseJson} from '../../settings/json.ts';
import {isInstallable} from '../../settings/nix.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Settings} from '../../settings/options.ts';
import type {Facts} from '../facts.ts';
import {look} from '../paths.ts';
import type {Command, System} from '../system.ts';

/** Holds one folder for each installable that Nix built for us. */
export const linksFolder = ({folders}: Facts): string => `${folders.state}/nix`;

/** Readable, without secrets, and different for each installable: a new build never replaces one that is still running. */
const nameFor = (installable: string): string => {
	const readable = maskLooks(installable)
		.replaceAll(/[^A-Za-z0-9.]+/gu, '-')
		.slice(0, 48);
	return `${readable}-${createHash('sha256').update(installable).digest('hex').slice(0, 8)}`;
};

/** The folder of the links to what an installable was built into. */
export const linkFolderOf = (installable: string, facts: Facts): string =>
	`${linksFolder(facts)}/${nameFor(installable)}`;

/** The folder of the links to a newer build of an installable, until it takes the place of the current one. */
export const newerFolderOf = (installable: string, facts: Facts): string =>
	`${linkFolderOf(installable, facts)}.newer`;

/** The folder of the links to a build that was replaced: another one for each store path. */
export const formerFolderOf = (installable: string, storePath: string, facts: Facts): string =>
	`${linkFolderOf(installable, facts)}.${storePath.slice('/nix/store/'.length).slice(0, 8)}`;

/** Nix uses this name for the link of the output `out`, and appends the output's name for others. */
export const linkIn = (folder: string): string => `${folder}/result`;

/** Folders for a PATH: nixpkgs has the programs of many packages in an output named `bin`. */
export const programFoldersOf = (installable: string, facts: Facts): readonly string[] => {
	const link = linkIn(linkFolderOf(installable, facts));
	return [`${link}/bin`, `${link}-bin/bin`];
};

/** The executable behind a `package` that Nix builds, known before it is built. */
export const builtVira = (installable: string, facts: Facts): string =>
	viraIn(linkFolderOf(installable, facts));

/** The executable of a Vira in a folder of links. */
export const viraIn = (folder: string): string => `${linkIn(folder)}/bin/vira`;

/** All installables in the settings, each once, Vira first. */
export const installablesIn = (settings: Settings): readonly string[] => [
	...new Set([settings.package, ...settings.extraPackages].filter(isInstallable)),
];

/** nix(1) calls these commands experimental, and many a nix.conf does not enable them. */
const nixBuild = (nix: string, ...words: readonly string[]): Command => [
	nix,
	'--extra-experimental-features',
	'nix-command flakes',
	'build',
	...words,
];

/** A lock file would be written into the flake's own folder. */
const ofFlake: readonly string[] = ['--accept-flake-config', '--no-write-lock-file'];

/** The link, and what it leads to. */
const linked = (link: string, what: string): readonly string[] => ['--out-link', link, '--', what];

/** Without Nix, the bare name: the person would have to install it. */
const nixOf = ({nix}: Facts): string => nix?.path ?? 'nix';

/**
 * Builds or downloads an installable; its link is a garbage collector root as long as it exists (nix-build(1),
 * "nix build"; the options are the same since Nix 2.8).
 */
export const buildCommand = (installable: string, facts: Facts): Command =>
	nixBuild(
		nixOf(facts),
		...ofFlake,
		'--print-build-logs',
		...linked(linkIn(linkFolderOf(installable, facts)), installable),
	);

/** The same from the newest state of the flake, which Nix otherwise takes from its cache for an hour. */
export const buildNewerCommand = (installable: string, folder: string, facts: Facts): Command =>
	nixBuild(
		nixOf(facts),
		'--refresh',
		...ofFlake,
		'--print-build-logs',
		...linked(linkIn(folder), installable),
	);

/** Prints as JSON what the newest state of the flake would be built into (nix-build(1), "--json"). Builds nothing. */
export const evaluateCommand = (installable: string, facts: Facts): Command =>
	nixBuild(nixOf(facts), '--refresh', ...ofFlake, '--no-link', '--dry-run', '--json', '--', installable);

/** `[{"drvPath":"…","outputs":{"out":"/nix/store/…"}}]`: `out` first; empty: no path is known before the build. */
export const outPathsIn = (text: string): readonly string[] => {
	try {
		const [built] = parseJson(text) as readonly {readonly outputs?: Readonly<Record<string, unknown>>}[];
		const {out, ...others} = built?.outputs ?? {};
		return [out, ...Object.values(others)].filter(
			(path): path is string => typeof path === 'string' && path.startsWith('/nix/store/'),
		);
	} catch {
		return [];
	}
};

/** The same for a person to type, with a link of their own. */
export const buildByHand = (installable: string, link: string): Command =>
	nixBuild('nix', '--accept-flake-config', ...linked(link, installable));

/** Creates a link, and so a root, to an existing store path; needs no network. */
export const keepCommand = (link: string, storePath: string, facts: Facts): Command =>
	nixBuild(nixOf(facts), ...linked(link, storePath));

/** How Nix came to this machine: it decides where it is configured. */
export type NixOrigin = 'nixos' | 'nix-darwin' | 'determinate' | 'installer';

export const nixOrigin = async ({
	system,
	facts,
}: {
	readonly system: Pick<System, 'inspect'>;
	readonly facts: Facts;
}): Promise<NixOrigin> => {
	if (facts.platform === 'linux' && facts.linux.nixos) return 'nixos';
	const paths = ['/run/current-system/sw', '/usr/local/bin/determinate-nixd', '/nix/var/determinate'];
	const [darwin, ...determinate] = await Promise.all(paths.map((path) => look(system, path)));
	if (darwin && facts.platform === 'macos') return 'nix-darwin';
	return determinate.some(Boolean) ? 'determinate' : 'installer';
};

/** The settings in effect, each as its line has it. */
export type NixConfig = ReadonlyMap<string, string>;

/** `name = value` on each line (nix.conf(5)). */
export const parseNixConfig = (text: string | undefined): NixConfig | undefined => {
	const lines = text?.split('\n').map((line) => line.split(/ = ?(.*)/su));
	return lines && new Map(lines.map(([name = '', value = '']) => [name, value]));
};

/** A list in it. */
export const nixList = (value = ''): readonly string[] => value.split(/\s+/u);

/** Whether Nix does not trust a user. Its daemon says it since 2.14 ("nix store info"); before, what its users' configuration says decides, unless a group may be meant. */
export const isUntrusted = (said: string, config: NixConfig | undefined, name: string): boolean => {
	const told = /^Trusted: (\d)$/mu.exec(said)?.[1];
	const trusted = nixList(config?.get('trusted-users'));
	if (told !== undefined) return told === '0';
	return (
		/^Store URL: daemon$/mu.test(said) &&
		config !== undefined &&
		!trusted.some((one) => one === name || one === '*' || one.startsWith('@'))
	);
};
