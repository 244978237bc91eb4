import {commandText} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import {asTyped} from '../../platform/run-as-root.ts';
import type {Settings} from '../../settings/options.ts';
import {filesOf} from '../load.ts';
import {managerOf} from '../managers.ts';
import {closeFolder} from '../our-folders.ts';
import {newerFiles} from '../newer-format.ts';
import {privateMode} from '../plan.ts';
import {isOurs, isWholeReceipt} from '../receipt.ts';
import type {Existing} from '../situation.ts';
import type {Drift, Known} from './drift.ts';

const setUpAgain = 'vira-setup   sets it up again';

const withoutReceipt = (facts: Facts, {receipt, files}: Existing): Drift => {
	const path = filesOf(facts).receipt;
	if (receipt)
		return {
			code: 'receipt-unreadable',
			message: `What was set up is not all known: ${path} is damaged.`,
			fixes: setUpAgain,
		};
	return files.has(path)
		? {
				code: 'receipt-unreadable',
				message: `What was set up is not known: ${path} is there, and cannot be read.`,
				fixes: setUpAgain,
			}
		: {
				code: 'no-receipt',
				message: `What was set up is not recorded: there is no ${path}.`,
				fixes: setUpAgain,
			};
};

/** What our own memory of it is worth. */
export const ofMemory = (facts: Facts, existing: Existing): readonly Drift[] => {
	const {receipt} = existing;
	const newer = newerFiles(facts, existing);
	if (newer.length > 0)
		return newer.map((path) => ({
			code: 'newer-format',
			message: `${path} was written by a newer vira-setup than this one.`,
		}));
	if (receipt?.removing)
		return [
			{
				code: 'interrupted',
				message: 'An uninstall was ended before it was done.',
				fixes: 'vira-setup uninstall   removes the rest; vira-setup sets it up again',
			},
		];
	if (receipt?.state === 'pending')
		return [
			{
				code: 'interrupted',
				message: 'A run of vira-setup was ended before it was done.',
				fixes: 'vira-setup   finishes it',
			},
		];
	const isWhole = receipt && isWholeReceipt(existing.files.get(filesOf(facts).receipt)?.content ?? '');
	return isWhole ? [] : [withoutReceipt(facts, existing)];
};

/** Files of the service that are gone, or that somebody else has written since. */
export const ofFiles = (facts: Facts, {receipt, files}: Existing): readonly Drift[] => {
	if (!receipt) return [];
	const told: readonly string[] = [...facts.serviceFiles, filesOf(facts).initialState];
	// systemd keeps the mask in the place of the file.
	const known = facts.service.masked ? [] : Object.keys(receipt.files).filter((path) => told.includes(path));
	return known.flatMap((path): readonly Drift[] => {
		const content = files.get(path)?.content;
		if (content === undefined)
			return [{code: 'file-missing', message: `${path} is gone.`, fixes: setUpAgain}];
		return isOurs(receipt, path, content)
			? []
			: [
					{
						code: 'changed-by-hand',
						message: `${path} was changed by hand.`,
						fixes: 'vira-setup   shows the change, and asks before it replaces it',
					},
				];
	});
};

/** What each file of ours that can hold a secret is to have as its permission bits. */
const wantedModes = (facts: Facts, settings: Settings): ReadonlyMap<string, number> => {
	const {serviceFile} = managerOf(facts);
	// Its mode is the same whatever the program is.
	const {mode} = serviceFile(settings, {path: settings.package, realPath: settings.package});
	const paths = filesOf(facts);
	return new Map([
		[paths.settings, privateMode],
		[paths.initialState, privateMode],
		...facts.serviceFiles.map((path) => [path, mode] as const),
	]);
};

const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

const modeMessage = (path: string, mode: number, wanted: number): string => {
	const more = mode & ~wanted;
	if ((more & 0o022) !== 0) return `Others can change ${path}: its mode is ${octal(mode)}.`;
	return (more & 0o044) === 0
		? `${path} has the mode ${octal(mode)}, and not ${octal(wanted)}.`
		: `Others can read ${path}, in which secrets can stand: its mode is ${octal(mode)}.`;
};

const ofFolders = ({openFolders = []}: Known['existing']): readonly Drift[] =>
	openFolders.map(({path, mode}) => ({
		code: 'other-mode',
		message: `Other accounts can write to the folder ${path}: its mode is ${octal(mode)}.`,
		fixes: `${commandText(closeFolder(path))}   corrects that`,
	}));

/** Files and folders that more people may use than are meant to, or fewer. */
export const ofModes = (facts: Facts, {settings, existing}: Known): readonly Drift[] => [
	...ofFolders(existing),
	...[...wantedModes(facts, settings)].flatMap(([path, wanted]): readonly Drift[] => {
		const mode = existing.files.get(path)?.mode ?? wanted;
		if (mode === wanted) return [];
		const chmod = ['chmod', wanted.toString(8), path] as const;
		const isRoots = managerOf(facts).stagedFor(path) !== undefined;
		const fixes = `${commandText(isRoots ? asTyped(chmod) : chmod)}   gives it back the mode that it had`;
		return [{code: 'other-mode', message: modeMessage(path, mode, wanted), fixes}];
	}),
];
