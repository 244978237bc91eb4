import type {Fix, Notice} from '../../notice.ts';
import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {commandsByHand, deletedBy} from '../../platform/actions/kinds.ts';
import type {PlannedCommand} from '../../platform/actions/action-kind.ts';
import type {Footprint, OwnFile, StateFolder} from './installed-files.ts';
import {settingsIn} from '../plan/kept-settings.ts';
import {interrupted} from '../health/installation.ts';
import {leftBehind} from './leftovers.ts';
import {versionsFolder} from '../load/our-folders.ts';
import {mayDisableLinger, planRemoval, type RemovalChoices, type RemovalPlan} from './plan-removal.ts';
import type {Leftover} from '../../platform/service-manager/manager-parts.ts';

/** Something that is deleted. */
export interface Removed {
	readonly path: string;
	readonly kind: 'file' | 'folder' | 'link' | 'state';
}

/** A file that was changed by hand since vira-setup wrote it. */
export interface ChangedFile {
	readonly path: string;
	readonly goes: boolean;
	/** As it is, secrets masked. */
	readonly lines: readonly string[];
}

/** A removal as data that any front end can draw. Secrets are masked. */
export interface RemovalPreview {
	/** Whether anything would change. */
	readonly changes: boolean;
	/** In the order of their deletion. */
	readonly removed: readonly Removed[];
	readonly changed: readonly ChangedFile[];
	readonly commands: readonly PlannedCommand[];
	readonly left: readonly Leftover[];
	/** The choices that apply here. */
	readonly decisions: readonly (keyof RemovalChoices)[];
	/** Notes to read first, each with its fixes. */
	readonly notes: readonly Notice[];
}

/** What would be removed; nothing has been changed yet. */
export interface RemovalProposal {
	readonly choices: RemovalChoices;
	readonly plan: RemovalPlan;
	readonly preview: RemovalPreview;
	/** Hides the secrets of the settings in any text about them. */
	readonly mask: (text: string) => string;
}

/** Plans and previews a removal. Pure. */
export type ProposeRemoval = (choices: RemovalChoices) => RemovalProposal;

const changedIn = (
	files: readonly OwnFile[],
	goes: boolean,
	mask: (text: string) => string,
): readonly ChangedFile[] =>
	files.flatMap((file) =>
		file.is === 'changed'
			? [{path: file.path, goes, lines: mask(file.before.content).trimEnd().split('\n')}]
			: [],
	);

const decisionsIn = (facts: Facts, footprint: Footprint): RemovalPreview['decisions'] => {
	const {states, logFile, files} = footprint;
	const hasState = states.some(({parts}) => parts.length > 0) || logFile !== undefined;
	return [
		...(mayDisableLinger(facts, footprint) ? (['disableLinger'] as const) : []),
		...(files.some(({is}) => is === 'changed') ? (['overwrite'] as const) : []),
		...(hasState ? (['purge'] as const) : []),
	];
};

const note = (code: string, message: string, ...fixes: readonly Fix[]): Notice => ({
	level: 'note',
	code,
	message,
	fixes,
});

/** State that is deleted elsewhere, through a link. */
const ofStatesElsewhere = (states: readonly StateFolder[], removed: readonly Removed[]): readonly Notice[] =>
	states.flatMap(({path, elsewhere}) =>
		elsewhere !== undefined && removed.some((one) => one.kind === 'state' && one.path.startsWith(`${path}/`))
			? [note('state-elsewhere', `Vira's state is in ${elsewhere}: it would be deleted there.`)]
			: [],
	);

const notesOn = ({receipt, states}: Footprint, removed: readonly Removed[]): readonly Notice[] => [
	...(receipt?.removing
		? [note('uninstall-interrupted', `${interrupted.removal} This removes the rest.`)]
		: []),
	...(receipt?.state === 'pending' && !receipt.removing
		? [note('setup-interrupted', `${interrupted.setup} This removes its leftovers.`)]
		: []),
	...ofStatesElsewhere(states, removed),
	...(removed.some(({path}) => path.endsWith('/settings.json'))
		? [
				note('settings-deleted', 'Your settings are deleted too. To keep them, first run:', {
					say: '',
					command: 'vira-setup export --format json > vira.json',
				}),
			]
		: []),
];

/** Previous settings, from their backups. */
const keptIn = ({files}: Footprint, facts: Facts): readonly Settings[] =>
	files.flatMap((file) =>
		'before' in file && file.path.startsWith(`${versionsFolder(facts)}/settings.`)
			? [settingsIn(file.before.content)]
			: [],
	);

export const removalProposer =
	(facts: Facts, footprint: Footprint): ProposeRemoval =>
	(choices) => {
		const mask = masker(footprint.settings, ...keptIn(footprint, facts));
		const plan = planRemoval(facts, footprint, choices);
		const actions = [...plan.actions, ...plan.forGood];
		const removed = actions.map(deletedBy).filter((one) => one !== undefined);
		const preview: RemovalPreview = {
			changes: actions.length > 0,
			removed,
			changed: changedIn(footprint.files, choices.overwrite, mask),
			commands: actions.flatMap(commandsByHand),
			left: leftBehind({facts, footprint, gone: plan.gone}, choices),
			decisions: decisionsIn(facts, footprint),
			notes: notesOn(footprint, removed),
		};
		return {choices, plan, preview, mask};
	};
