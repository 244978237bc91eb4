import type {ManagerDrift} from '../../platform/service-manager/service-manager.ts';
import {modeText, isOfNewerVersion, privateMode} from '../../platform/paths.ts';
import {commandText, asTyped} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import {interrupted} from './installation.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {closeFolder} from '../load/our-folders.ts';
import {newerFiles} from '../load/read-files.ts';
import {isOurs, isWholeReceipt} from '../../platform/installed/receipt.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {finishRun, setUpAgain} from '../../platform/service-manager/service-words.ts';
import type {Notice} from '../../notice.ts';
import type {Proposed} from '../plan/propose.ts';

interface DriftKind {
	/** With it, Vira is not running, or does not start again. */
	readonly grave?: true;
	/** It prevents a start, or made the last one fail. */
	readonly hinders?: true;
	/** A run with the saved settings fixes it. */
	readonly bySetup?: true;
}

const kinds = {
	interrupted: {grave: true, bySetup: true},
	'newer-format': {},
	'no-receipt': {bySetup: true},
	'receipt-unreadable': {bySetup: true},
	'file-missing': {grave: true, bySetup: true},
	'changed-by-hand': {},
	'other-mode': {bySetup: true},
	'lingering-off': {},
	'not-enabled': {grave: true, bySetup: true},
	'not-reloaded': {bySetup: true},
	'drop-in': {},
	'vira-gone': {grave: true, hinders: true, bySetup: true},
	'not-applicable': {hinders: true},
	'certificate-unusable': {grave: true, hinders: true},
	'not-applied': {bySetup: true},
	'older-text': {bySetup: true},
} satisfies Readonly<Record<string, DriftKind> & Record<ManagerDrift['code'], DriftKind>>;

/** Something that changed since setup, or will. */
export interface Drift extends Omit<Notice, 'level'> {
	readonly code: keyof typeof kinds;
	readonly dropIn?: NonNullable<ManagerDrift['dropIn']>;
}

export interface DriftSubject {
	readonly settings: Settings;
	readonly existing: Existing;
	/** What a run with these settings would do. */
	readonly proposed: Proposed;
}

export const driftKind = ({code}: Drift): DriftKind => kinds[code];

const withoutReceipt = (facts: Facts, {receipt, files}: Existing): Drift => {
	const path = filesOf(facts).receipt;
	const isThere = receipt !== undefined || files.has(path);
	const message = receipt
		? `${path} is damaged: the record of what was set up is incomplete.`
		: `${path} ${isThere ? 'cannot be read' : 'does not exist'}: it is unknown what was set up.`;
	return {code: isThere ? 'receipt-unreadable' : 'no-receipt', message, fixes: [setUpAgain]};
};

/** Drift of our own record of the setup. */
export const ofMemory = (facts: Facts, existing: Existing): readonly Drift[] => {
	const {receipt} = existing;
	const newer = newerFiles(facts, existing);
	if (newer.length > 0) return newer.map((path) => ({code: 'newer-format', message: isOfNewerVersion(path)}));
	if (receipt?.removing) {
		const fix = {say: 'removes the rest; vira-setup sets up Vira again', command: 'vira-setup uninstall'};
		return [{code: 'interrupted', message: interrupted.removal, fixes: [fix]}];
	}
	if (receipt?.state === 'pending')
		return [{code: 'interrupted', message: interrupted.setup, fixes: [finishRun]}];
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
		if (isOurs(receipt, path, content)) return [];
		const fix = {say: 'shows the change and asks before replacing it', command: 'vira-setup'};
		return [{code: 'changed-by-hand', message: `${path} was changed by hand.`, fixes: [fix]}];
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

/** Files and folders with other permissions than they should have. */
export const ofModes = (facts: Facts, {settings, existing}: DriftSubject): readonly Drift[] => [
	...(existing.openFolders ?? []).map(({path, mode}): Drift => ({
		code: 'other-mode',
		message: `Other users can write to the folder ${path} (mode ${modeText(mode)}).`,
		fixes: [{say: 'restores safe permissions', command: commandText(closeFolder(path))}],
	})),
	...[...wantedModes(facts, settings)].flatMap(([path, wanted]): readonly Drift[] => {
		const mode = existing.files.get(path)?.mode ?? wanted;
		if (mode === wanted) return [];
		const chmod = ['chmod', wanted.toString(8), path] as const;
		const isRoots = managerOf(facts).stagedFor(path) !== undefined;
		const fixes = [{say: 'restores the mode', command: commandText(isRoots ? asTyped(chmod) : chmod)}];
		return [{code: 'other-mode', message: modeMessage(path, mode, wanted), fixes}];
	}),
];
