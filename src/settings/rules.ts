import type {Platform} from '../platform/facts.ts';
import {isInstallable} from './installable.ts';
import {
	changedByItsShell,
	fitsOnMacos,
	hasPropertyListText,
	keepsSecrets,
	namesApart,
} from './macos-rules.ts';
import type {OptionName, Settings} from './options.ts';
import {bytesIn, bytesOfVariables, sumOf} from './text-problem.ts';
import {tracksProcess} from './tracked-process.ts';

/** What is wrong with a set of values, at the option where it can be mended. */
export interface Problem {
	readonly option: OptionName;
	/** Which item of a list, or which name of a map, where it is about one of them. */
	readonly item?: string;
	/** A sentence that says how to mend it. */
	readonly message: string;
}

/** A value that could not be read where it was given. */
export interface Misgiven extends Omit<Problem, 'option'> {
	/** undefined: it is about the place as a whole. */
	readonly option: OptionName | undefined;
	/** Its full name in a settings file, also where no option has it: `systemd.other`. */
	readonly setting?: string;
	/** Where it was given: `--port`, `VIRA_SETUP_PORT`, `--config: port`. */
	readonly place: string;
}

export const misgivenText = ({place, message}: Misgiven): string =>
	place === '' ? message : `${place}: ${message}`;

/** Finds one kind of mistake. */
export type Rule = (settings: Settings) => readonly Problem[];

/** Without HTTPS there is no question of a certificate; what was given is kept for later. */
const certificateNeedsItsKey: Rule = ({https, tlsCert, tlsKey}) => {
	if (!https) return [];
	if (tlsCert !== undefined && tlsKey === undefined)
		return [{option: 'tlsKey', message: 'Give the key of the certificate too, or neither.'}];
	if (tlsKey !== undefined && tlsCert === undefined)
		return [{option: 'tlsCert', message: 'Give the certificate of the key too, or neither.'}];
	return [];
};

const viraIsNeeded: Rule = (settings) =>
	settings.package === ''
		? [
				{
					option: 'package',
					message: 'No Vira was found on this machine, and no Nix to build it: give the path of one.',
				},
			]
		: [];

/** What Nix builds runs by a link of ours, which has a plain name. "Executable name contains special characters", systemd says of the first; 257 forgets a space at the end. */
const programHasPlainName: Rule = (settings) =>
	!isInstallable(settings.package) && /["'\\\u0000-\u001F\u007F]| $/u.test(settings.package)
		? [
				{
					option: 'package',
					message:
						'systemd runs no program with a quote, a backslash or a control character in its path, or a space at its end: give a link to it that has a plainer name.',
				},
			]
		: [];

const kibi = 1024;

/** Of what Nix builds, two folders are named, whose names are short but lie below the person's own. */
const bytesOnPath = (folder: string): number => {
	if (isInstallable(folder)) return 800;
	return bytesIn(folder) + (folder.startsWith('~') ? 256 : 8);
};

/** As one variable, PATH has at most 128 KiB: the rest is for our own folders and for `~`, which grows. */
const foldersFitOnPath: Rule = ({extraPackages}) =>
	sumOf(extraPackages.map(bytesOnPath)) > 96 * kibi
		? [{option: 'extraPackages', message: 'Give fewer folders: together they are too long for the PATH.'}]
		: [];

/** Linux gives a program 2 MiB (execve(2)): the rest is for arguments and for systemd's own variables. */
const variablesFitTogether: Rule = ({environment}) =>
	bytesOfVariables(environment) > 1536 * kibi
		? [
				{
					option: 'environment',
					message: 'Keep the variables under 1.5 MiB together: Linux gives a program no more.',
				},
			]
		: [];

/** systemd compares each with all the others: with 90 000 it takes a minute or gives up. */
const variablesAreFewEnough: Rule = ({environment}) =>
	Object.keys(environment).length > 10_000
		? [
				{
					option: 'environment',
					message: 'Give at most 10000 variables: systemd does not cope with many more.',
				},
			]
		: [];

/** environ(7): there is one PATH. A person who gives it means it as it stands. */
const onePath: Rule = ({environment, extraPackages}) =>
	Object.hasOwn(environment, 'PATH') && extraPackages.length > 0
		? [
				{
					option: 'environment',
					item: 'PATH',
					message: 'PATH would hide the extra packages: put their bin folders into it, or leave it out.',
				},
			]
		: [];

/** What the other platform's service manager knows would be read over in silence here. */
const nothingOfLinux: Rule = ({serviceConfig}) =>
	Object.keys(serviceConfig).length === 0
		? []
		: [
				{
					option: 'serviceConfig',
					message: 'launchd knows no settings of systemd: leave them out on a Mac.',
				},
			];

const nothingOfMacos: Rule = ({domain}) =>
	domain === 'gui' ? [] : [{option: 'domain', message: 'systemd knows no domains: leave this out on Linux.'}];

const rules: Readonly<Record<Platform | 'everywhere', readonly Rule[]>> = {
	everywhere: [onePath, certificateNeedsItsKey, viraIsNeeded, foldersFitOnPath],
	linux: [programHasPlainName, variablesFitTogether, variablesAreFewEnough, tracksProcess, nothingOfMacos],
	macos: [hasPropertyListText, changedByItsShell, fitsOnMacos, keepsSecrets, namesApart, nothingOfLinux],
};

/** Everything that several values together get wrong, or that the platform's service manager cannot take. */
export const problemsOf = (settings: Settings, platform: Platform): readonly Problem[] =>
	[...rules.everywhere, ...rules[platform]].flatMap((rule) => rule(settings));
