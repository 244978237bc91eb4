import type {Facts, FoundProgram} from '../platform/facts.ts';
import type {OptionName} from '../settings/options.ts';
import type {UnusableTool} from '../platform/why-unanswered.ts';
import {viraInstallable} from '../settings/installable.ts';

/** One thing that was found about the machine, and what follows from it. */
export type Advice = Fine | Choice | Warned | Refusal;

interface Told {
	readonly code: string;
	/** One sentence. */
	readonly title: string;
}

export interface Fine extends Told {
	readonly level: 'fine';
}

/** A decision to take on the first screen; it sets an option. The first answer is the one most people want. */
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

/** Legal, but with a consequence that one should know. */
export interface Warned extends Told {
	readonly level: 'warning';
	readonly detail: string;
	readonly fixes: readonly string[];
	/** Whether the first screen is there for it, though there may be nothing to choose. */
	readonly stops?: true;
}

/** The machine cannot do it as it is. `mend` are sentences or commands to copy. */
export interface Refusal extends Told {
	readonly level: 'refusal';
	readonly detail: string;
	readonly fixes: readonly string[];
}

export const asRoot = ({user}: Facts): Refusal => ({
	level: 'refusal',
	code: 'root',
	title: user.sudoFrom === undefined ? 'This is the root user.' : `This runs through sudo, as ${user.name}.`,
	detail:
		'Vira runs the code of every repository it builds. It belongs to a person, with their SSH keys and credentials.',
	fixes: [
		user.sudoFrom === undefined
			? 'Log in as the person who is to run Vira, and start vira-setup there.'
			: `Start it without sudo, as ${user.sudoFrom}. It asks for more rights only where it needs them.`,
	],
});

/** What says so may be asked again once it can be run: who would answer through it needs no help. */
export const cannotRun = ({tool, why}: UnusableTool): Refusal => ({
	level: 'refusal',
	code: 'tool-unusable',
	title: `${tool} cannot be run. ${why}`,
	detail: 'Without it nothing can be known of the service, or changed.',
	fixes: [`Start vira-setup again once this works: ${tool} ${toTry[tool] ?? '--version'}`],
});

/** What shows whether a tool can be run; launchctl(1) knows no --version. */
const toTry: Readonly<Record<string, string>> = {launchctl: 'version'};

/** For a machine that has neither Vira nor Nix. */
export const waysToVira: readonly string[] = [
	'Install Nix (https://nixos.org/download/): vira-setup then builds Vira with it.',
	'Or give the path of one: --package PATH',
];

/** A Vira that is there. */
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
			title: `No Vira is on the PATH: Nix ${nix.version ?? ''} builds it from ${viraInstallable}`.replace(
				'  ',
				' ',
			),
		};
	}
	return {
		level: 'warning',
		code: 'no-vira',
		title: 'No Vira was found on this machine, and no Nix to build it.',
		detail: 'Give the path of one in the options, under Environment, or install Nix.',
		fixes: waysToVira.slice(0, 1),
	};
};
