import type {Fix, Notice} from '../../notice.ts';
import type {Facts} from '../facts.ts';
import type {FoundProgram} from '../machine-facts.ts';
import type {OptionName} from '../../settings/options.ts';
import type {UnusableTool} from '../run-result.ts';
import {viraInstallable} from '../../settings/nix.ts';
import {neitherFound} from '../../settings/rules.ts';

/** One finding about the machine, and its consequences. */
export type Advice = MachineNotice | Choice;

/** `error`: Vira cannot be set up on this machine as it is. */
export interface MachineNotice extends Notice {
	readonly level: 'ok' | 'warning' | 'error';
	/** Whether the first screen is shown for it even if there is nothing to choose. */
	readonly stops?: true;
}

/** A choice on the first screen; it sets an option. The first answer is what most people want. */
export interface Choice extends Notice {
	readonly level: 'note';
	readonly option: OptionName;
	readonly answers: readonly {
		readonly value: boolean | string;
		readonly label: string;
		readonly detail: string;
	}[];
}

export const asRoot = ({user}: Facts): MachineNotice => ({
	level: 'error',
	code: 'root',
	message:
		user.sudoFrom === undefined
			? 'vira-setup is running as root.'
			: `vira-setup is running as ${user.name} through sudo.`,
	detail:
		'Vira runs the code of every repository it builds. It needs the account of a user, with their SSH keys and credentials.',
	fixes: [
		user.sudoFrom === undefined
			? {say: 'Log in as the user who will run Vira, and run vira-setup there.'}
			: {
					say: `Run it without sudo, as ${user.sudoFrom}. It asks for administrator rights only when it needs them.`,
				},
	],
});

/** `trial`: the argument that tests whether the tool can be run. */
export const onceItRuns = (tool: string, trial = '--version'): Fix => ({
	say: 'Run vira-setup again when this works:',
	command: `${tool} ${trial}`,
});

/** The service manager's own tool cannot be run: other fixes would need it. */
export const cannotRun = ({tool, why}: UnusableTool, trial?: string): MachineNotice => ({
	level: 'error',
	code: 'tool-unusable',
	message: `Cannot run ${tool}. ${why}`,
	detail: 'Without it, vira-setup cannot read or change the service.',
	fixes: [onceItRuns(tool, trial)],
});

/** For a machine with neither Vira nor Nix. */
export const waysToVira: readonly Fix[] = [
	{say: 'Install Nix (https://nixos.org/download/). vira-setup then uses it to build Vira.'},
	{say: 'Or give the path of an installed Vira: --package PATH'},
];

/** A Vira that was found. */
export const viraAt = ({path, version}: FoundProgram, {home}: Facts['user']): MachineNotice => ({
	level: 'ok',
	code: 'vira',
	message: `Vira ${version ?? '(version unknown)'} at ${path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path}`,
});

export const viraFound = ({vira, nix, user}: Facts): MachineNotice => {
	if (vira) return viraAt(vira, user);
	if (nix) {
		return {
			level: 'ok',
			code: 'vira',
			message: `Vira is not on the PATH: Nix ${nix.version ?? ''} builds it from ${viraInstallable}`.replace(
				'  ',
				' ',
			),
		};
	}
	return {
		level: 'warning',
		code: 'no-vira',
		message: neitherFound,
		detail: 'Give the path of Vira in the options, under Environment, or install Nix.',
		fixes: waysToVira.slice(0, 1),
	};
};
