import {isOfNewerVersion, modeText} from '../../platform/paths.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import {asTyped} from '../../platform/run-as-root.ts';
import type {Settings} from '../../settings/options.ts';
import {interrupted} from './installation.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {closeFolder} from '../load/our-folders.ts';
import {newerFiles} from '../load/newer-format.ts';
import {privateMode} from '../plan/plan.ts';
import {isOurs, isWholeReceipt} from '../../platform/installed/receipt.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {finishRun, setUpAgain} from '../../platform/service-manager/usual-fixes.ts';
import type {Drift, Known} from './drift.ts';

const withoutReceipt = (facts: Facts, {receipt, files}: Existing): Drift => {
	const path = filesOf(facts).receipt;
	if (receipt)
		return {
			code: 'receipt-unreadable',
			message: `${path} is damaged: the record of what was set up is incomplete.`,
			fixes: [setUpAgain],
		};
	return files.has(path)
		? {
				code: 'receipt-unreadable',
				message: `${path} cannot be read: it is unknown what was set up.`,
				fixes: [setUpAgain],
			}
		: {
				code: 'no-receipt',
				message: `${path} does not exist: it is unknown what was set up.`,
				fixes: [setUpAgain],
			};
};

/** Drift of our own record of the setup. */
export const ofMemory = (facts: Facts, existing: Existing): readonly Drift[] => {
	const {receipt} = existing;
	const newer = newerFiles(facts, existing);
	if (newer.length > 0)
		return newer.map((path) => ({
			code: 'newer-format',
			message: isOfNewerVersion(path),
		}));
	if (receipt?.removing)
		return [
			{
				code: 'interrupted',
				message: interrupted.removal,
				fixes: [{say: 'removes the rest; vira-setup sets up Vira again', command: 'vira-setup uninstall'}],
			},
		];
	if (receipt?.state === 'pending')
		return [
			{
				code: 'interrupted',
				message: interrupted.setup,
				fixes: [finishRun],
			},
		];
	const isWhole = receipt && isWholeReceipt(existing.files.get(filesOf(facts).receipt)?.content ?? '');
	return isWhole ? [] : [withoutReceipt(facts, existing)];
};

/** Service files that are missing or were changed since. */
export const ofFiles = (facts: Facts, {receipt, files}: Existing): readonly Drift[] => {
	if (!receipt) return [];
	const told: readonly string[] = [...facts.serviceFiles, filesOf(facts).initialState];
	// systemd puts the mask where the service file would be.
	const known = facts.service.masked ? [] : Object.keys(receipt.files).filter((path) => told.includes(path));
	return known.flatMap((path): readonly Drift[] => {
		const content = files.get(path)?.content;
		if (content === undefined)
			return [{code: 'file-missing', message: `${path} is missing.`, fixes: [setUpAgain]}];
		return isOurs(receipt, path, content)
			? []
			: [
					{
						code: 'changed-by-hand',
						message: `${path} was changed by hand.`,
						fixes: [{say: 'shows the change and asks before replacing it', command: 'vira-setup'}],
					},
				];
	});
};

/** The permission bits that each of our files that may contain a secret should have. */
const wantedModes = (facts: Facts, settings: Settings): ReadonlyMap<string, number> => {
	const {serviceFile} = managerOf(facts);
	// The mode does not depend on the program.
	const {mode} = serviceFile(settings, {path: settings.package, realPath: settings.package});
	const paths = filesOf(facts);
	return new Map([
		[paths.settings, privateMode],
		[paths.initialState, privateMode],
		...facts.serviceFiles.map((path) => [path, mode] as const),
	]);
};

const modeMessage = (path: string, mode: number, wanted: number): string => {
	const more = mode & ~wanted;
	if ((more & 0o022) !== 0) return `Other users can change ${path} (mode ${modeText(mode)}).`;
	return (more & 0o044) === 0
		? `${path} has mode ${modeText(mode)} instead of ${modeText(wanted)}.`
		: `Other users can read ${path}, which may contain secrets (mode ${modeText(mode)}).`;
};

const ofFolders = ({openFolders = []}: Known['existing']): readonly Drift[] =>
	openFolders.map(({path, mode}) => ({
		code: 'other-mode',
		message: `Other users can write to the folder ${path} (mode ${modeText(mode)}).`,
		fixes: [{say: 'restores safe permissions', command: commandText(closeFolder(path))}],
	}));

/** Files and folders with other permissions than they should have. */
export const ofModes = (facts: Facts, {settings, existing}: Known): readonly Drift[] => [
	...ofFolders(existing),
	...[...wantedModes(facts, settings)].flatMap(([path, wanted]): readonly Drift[] => {
		const mode = existing.files.get(path)?.mode ?? wanted;
		if (mode === wanted) return [];
		const chmod = ['chmod', wanted.toString(8), path] as const;
		const isRoots = managerOf(facts).stagedFor(path) !== undefined;
		const fixes = [{say: 'restores the mode', command: commandText(isRoots ? asTyped(chmod) : chmod)}];
		return [{code: 'other-mode', message: modeMessage(path, mode, wanted), fixes}];
	}),
];
