import {createHash} from 'node:crypto';
import {isInstallable} from '../settings/installable.ts';
import {maskLooks} from '../settings/secret-looks.ts';
import type {Settings} from '../settings/options.ts';
import type {Facts} from './facts.ts';
import type {Command} from './system.ts';

/** Holds one folder for each thing that Nix built for us. */
export const linksFolder = ({folders}: Facts): string => `${folders.state}/nix`;

/** Readable, without what is secret in it, and another for every installable: what is built anew never takes the place of what still runs. */
const nameFor = (installable: string): string => {
	const readable = maskLooks(installable)
		.replaceAll(/[^A-Za-z0-9.]+/gu, '-')
		.slice(0, 48);
	return `${readable}-${createHash('sha256').update(installable).digest('hex').slice(0, 8)}`;
};

/** The folder of the links to what an installable was built into. */
export const linkFolderOf = (installable: string, facts: Facts): string =>
	`${linksFolder(facts)}/${nameFor(installable)}`;

/** Nix names the link of the output `out` as it is told, and of another with the output's name after it. */
const linkIn = (folder: string): string => `${folder}/result`;

/** Folders for a PATH: nixpkgs has the programs of many packages in an output named `bin`. */
export const programFoldersOf = (installable: string, facts: Facts): readonly string[] => {
	const link = linkIn(linkFolderOf(installable, facts));
	return [`${link}/bin`, `${link}-bin/bin`];
};

/** The executable behind a `package` that Nix builds, known before it is built. */
export const builtVira = (installable: string, facts: Facts): string =>
	`${linkIn(linkFolderOf(installable, facts))}/bin/vira`;

/** All that the settings want built, each once: Vira first. */
export const installablesIn = (settings: Settings): readonly string[] => [
	...new Set([settings.package, ...settings.extraPackages].filter(isInstallable)),
];

/** Where there is no Nix (any more), the name alone is what a person would have to install. */
const nixOf = ({nix}: Facts): string => nix?.path ?? 'nix';

// nix(1) calls these commands experimental, and many a nix.conf leaves them off.
const enabled = ['--extra-experimental-features', 'nix-command flakes'] as const;

/**
 * Builds or downloads an installable; its link is a root of the garbage collector for as long as it is there
 * (nix-build(1), "nix build"; the words are the same from Nix 2.8 on). A lock file would be written into the flake's
 * own folder.
 */
export const buildCommand = (installable: string, facts: Facts): Command => [
	nixOf(facts),
	...enabled,
	'build',
	'--accept-flake-config',
	'--no-write-lock-file',
	'--print-build-logs',
	'--out-link',
	linkIn(linkFolderOf(installable, facts)),
	'--',
	installable,
];

/** The same for a person to type: into a link of their own. */
export const buildByHand = (installable: string, link: string): Command => [
	'nix',
	...enabled,
	'build',
	'--accept-flake-config',
	'--out-link',
	link,
	'--',
	installable,
];

/** Makes a link to what lies in the store already, and a root of it; needs no network. */
export const keepCommand = (link: string, storePath: string, facts: Facts): Command => [
	nixOf(facts),
	...enabled,
	'build',
	'--out-link',
	link,
	'--',
	storePath,
];
