import type {Facts, FoundProgram} from '../facts.ts';
import type {OptionName} from '../../settings/options.ts';
import type {UnusableTool} from '../run-result.ts';
import {viraInstallable} from '../../settings/installable.ts';
import {neitherFound} from '../../settings/rules.ts';

/** One finding about the machine, and its consequences. */
export type Advice = Fine | Choice | Warned | Refusal;

interface Told {
	readonly code: string;
	/** One sentence. */
	readonly title: string;
}

export interface Fine extends Told {
	readonly level: 'fine';
}

/** A choice on the first screen; it sets an option. The first answer is what most people want. */
export interface Choice extends Told {
	readonly level: 'choice';
	readonly option: OptionName;
	readonly answers: readonly {
		readonly value: boolean | string;
		readonly label: string;
		readonly detail: string;
	}[];
	readonly detail: string;
	readonly fixes: readonly string[];
}

/** Allowed, but with a consequence to know about. */
export interface Warned extends Told {
	readonly level: 'warning';
	readonly detail: string;
	readonly fixes: readonly string[];
	/** Whether the first screen is shown for it even if there is nothing to choose. */
	readonly stops?: true;
}

/** Vira cannot be set up on this machine as it is. `fixes` are sentences or commands to copy. */
export interface Refusal extends Told {
	readonly level: 'refusal';
	readonly detail: string;
	readonly fixes: readonly string[];
}

export const asRoot = ({user}: Facts): Refusal => ({
	level: 'refusal',
	code: 'root',
	title:
		user.sudoFrom === undefined
			? 'vira-setup is running as root.'
			: `vira-setup is running as ${user.name} through sudo.`,
	detail:
		'Vira runs the code of every repository it builds. It needs the account of a user, with their SSH keys and credentials.',
	fixes: [
		user.sudoFrom === undefined
			? 'Log in as the user who will run Vira, and run vira-setup there.'
			: `Run it without sudo, as ${user.sudoFrom}. It asks for administrator rights only when it needs them.`,
	],
});

/** The service manager's own tool cannot be run: other fixes would need it. */
export const cannotRun = ({tool, why}: UnusableTool): Refusal => ({
	level: 'refusal',
	code: 'tool-unusable',
	title: `Cannot run ${tool}. ${why}`,
	detail: 'Without it, vira-setup cannot read or change the service.',
	fixes: [`Run vira-setup again when this works: ${tool} ${toTry[tool] ?? '--version'}`],
});

/** Arguments that test whether a tool can be run; launchctl(1) has no --version. */
const toTry: Readonly<Record<string, string>> = {launchctl: 'version'};

/** For a machine with neither Vira nor Nix. */
export const waysToVira: readonly string[] = [
	'Install Nix (https://nixos.org/download/). vira-setup then uses it to build Vira.',
	'Or give the path of an installed Vira: --package PATH',
];

/** A Vira that was found. */
export const viraAt = ({path, version}: FoundProgram, {home}: Facts['user']): Fine => ({
	level: 'fine',
	code: 'vira',
	title: `Vira ${version ?? '(version unknown)'} at ${path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path}`,
});

export const viraFound = ({vira, nix, user}: Facts): Fine | Warned => {
	if (vira) return viraAt(vira, user);
	if (nix) {
		return {
			level: 'fine',
			code: 'vira',
			title: `Vira is not on the PATH: Nix ${nix.version ?? ''} builds it from ${viraInstallable}`.replace(
				'  ',
				' ',
			),
		};
	}
	return {
		level: 'warning',
		code: 'no-vira',
		title: neitherFound,
		detail: 'Give the path of Vira in the options, under Environment, or install Nix.',
		fixes: waysToVira.slice(0, 1),
	};
};
