import type {Facts, LinuxMachine} from '../../platform/facts.ts';
import {overriddenBy} from '../../platform/linux/drop-in.ts';
import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import {fileName} from '../../settings/settings-file.ts';
import {isFileAction, type Action} from '../action.ts';
import {filesOf} from '../load.ts';
import {newerFiles} from '../newer-format.ts';
import type {Proposed} from '../propose.ts';
import {hashOf, isOurs, isWholeReceipt} from '../receipt.ts';
import type {Existing} from '../situation.ts';

/** Something that is not as it was set up, or will not stay so. */
export interface Drift {
	readonly code:
		| 'interrupted'
		| 'newer-format'
		| 'no-receipt'
		| 'file-missing'
		| 'changed-by-hand'
		| 'lingering-off'
		| 'not-enabled'
		| 'not-reloaded'
		| 'drop-in'
		| 'vira-gone'
		| 'not-applicable'
		| 'not-applied'
		| 'older-text';
	readonly sentence: string;
	/** A command that mends it, and what it does. */
	readonly mend?: string;
}

export interface Known {
	readonly settings: Settings;
	readonly existing: Existing;
	/** What a run with these settings would do. */
	readonly proposed: Proposed;
}

const setUpAgain = 'vira-setup   sets it up again';

const ofReceipt = (path: string, {receipt, files}: Existing): readonly Drift[] => {
	const text = files.get(path)?.content;
	if (receipt && isWholeReceipt(text ?? '')) return [];
	const what =
		text === undefined
			? `What was set up is not recorded: there is no ${path}.`
			: `What was set up is not all recorded: ${path} is damaged.`;
	return [{code: 'no-receipt', sentence: what, mend: setUpAgain}];
};

const ofMemory = (facts: Facts, existing: Existing): readonly Drift[] => {
	const {receipt} = existing;
	const newer = newerFiles(facts, existing);
	if (newer.length > 0)
		return newer.map((path) => ({
			code: 'newer-format',
			sentence: `${path} was written by a newer vira-setup than this one.`,
		}));
	if (receipt?.removing)
		return [
			{
				code: 'interrupted',
				sentence: 'An uninstall was ended before it was done.',
				mend: 'vira-setup uninstall   removes the rest; vira-setup sets it up again',
			},
		];
	if (receipt?.state === 'pending')
		return [
			{
				code: 'interrupted',
				sentence: 'A run of vira-setup was ended before it was done.',
				mend: 'vira-setup   finishes it',
			},
		];
	return ofReceipt(filesOf(facts).receipt, existing);
};

/** Files of the service that are gone, or that somebody else has written since. */
const ofFiles = (facts: Facts, {receipt, files}: Existing): readonly Drift[] => {
	if (!receipt) return [];
	const told: readonly string[] = [...facts.serviceFiles, filesOf(facts).initialState];
	// systemd keeps the mask in the place of the file.
	const known = facts.service.masked ? [] : Object.keys(receipt.files).filter((path) => told.includes(path));
	return known.flatMap((path): readonly Drift[] => {
		const content = files.get(path)?.content;
		if (content === undefined)
			return [{code: 'file-missing', sentence: `${path} is gone.`, mend: setUpAgain}];
		return isOurs(receipt, path, content)
			? []
			: [
					{
						code: 'changed-by-hand',
						sentence: `${path} was changed by hand.`,
						mend: 'vira-setup   shows the change, and asks before it replaces it',
					},
				];
	});
};

const ofSystemd = (
	{linux, service, serviceFiles: [unit]}: LinuxMachine,
	{settings, existing}: Known,
): readonly Drift[] => [
	...(settings.linger && !linux.lingering
		? [
				{
					code: 'lingering-off',
					sentence: 'The settings want lingering on, and it is off.',
					mend: 'vira-setup   turns lingering on',
				} as const,
			]
		: []),
	...(service.enabled || !existing.files.has(unit)
		? []
		: [
				{
					code: 'not-enabled',
					sentence: 'The service is not enabled: nothing starts it by itself.',
					mend: 'vira-setup   enables it',
				} as const,
			]),
	...(service.needsReload && service.file !== undefined
		? [
				{
					code: 'not-reloaded',
					sentence: 'systemd has not read a changed file of the service yet.',
					mend: 'vira-setup restart   takes it over',
				} as const,
			]
		: []),
];

const ofDropIns = async (system: System, facts: Facts, {files}: Existing): Promise<readonly Drift[]> => {
	const unit = files.get(facts.serviceFiles[0])?.content ?? '';
	const read = await Promise.all(
		facts.service.dropIns.map(async (path) => ({path, text: (await system.readFile(path)) ?? ''})),
	);
	return read
		.map(({path, text}) => ({path, names: overriddenBy(text, unit)}))
		.filter(({names}) => names.length > 0)
		.map(({path, names}) => ({code: 'drop-in', sentence: `${path} decides over ${names.join(', ')}.`}));
};

/** What a run with the saved settings would do to files that nobody has touched. */
const ofPlan = (actions: readonly Action[], facts: Facts, {receipt, files}: Existing): readonly Drift[] => {
	// Of a run that was ended early, it is said already.
	if (receipt?.state !== 'complete') return [];
	const {settings, receipt: own} = filesOf(facts);
	const ours: readonly string[] = [settings, own];
	const isEdited = receipt.files[settings] !== hashOf(files.get(settings)?.content ?? '');
	const isMore = actions.some((action) => !('path' in action) || !ours.includes(action.path));
	if (isEdited && isMore)
		return [
			{
				code: 'not-applied',
				sentence: `What is saved in ${settings} is not applied yet.`,
				mend: 'vira-setup   applies it',
			},
		];
	const anew = actions
		.filter(isFileAction)
		.filter(({path, before}) => !ours.includes(path) && before && isOurs(receipt, path, before.content));
	return anew.map(({path}) => ({
		code: 'older-text',
		sentence: `${path} is not what this vira-setup would write.`,
		mend: 'vira-setup   writes it anew',
	}));
};

const ofSettings = (facts: Facts, {existing, proposed}: Known): readonly Drift[] => {
	if (proposed.good) return ofPlan(proposed.proposal.actions, facts, existing);
	// That nobody is logged in is no mistake of the settings; a Vira that is not known to run has its own port.
	const isKnown = facts.service.active !== 'unknown';
	return proposed.problems
		.filter(({option}) => (isKnown ? option !== 'linger' : option === 'package'))
		.map(({option, sentence}) =>
			option === 'package'
				? {code: 'vira-gone', sentence: `Vira: ${sentence}`}
				: {code: 'not-applicable', sentence: `${fileName(option)}: ${sentence}`},
		);
};

/** Everything that is not as it was set up. Reads only. */
export const findDrift = async (system: System, facts: Facts, known: Known): Promise<readonly Drift[]> => {
	const {existing} = known;
	const ofFormat = ofMemory(facts, existing);
	// Of what a newer version has written, nothing more can be said.
	if (ofFormat.some(({code}) => code === 'newer-format')) return ofFormat;
	return [
		...ofFormat,
		...ofFiles(facts, existing),
		...(facts.platform === 'linux' ? ofSystemd(facts, known) : []),
		...(await ofDropIns(system, facts, existing)),
		...ofSettings(facts, known),
	];
};
