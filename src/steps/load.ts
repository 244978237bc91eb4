import {exitCode, SetupError} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {unitName} from '../platform/linux/systemd.ts';
import {initialStatePath} from '../platform/service.ts';
import type {System} from '../platform/system.ts';
import {parseSettingsFile} from '../settings/settings-file.ts';
import type {FileBefore} from './action.ts';
import {parseReceipt} from './receipt.ts';
import type {Existing, Saved} from './situation.ts';

/** Every file that is ours to write, by what it is. */
export const filesOf = (facts: Facts) =>
	({
		receipt: `${facts.folders.state}/receipt.json`,
		settings: `${facts.folders.config}/settings.json`,
		initialState: initialStatePath(facts),
		unit: `${facts.folders.services}/${unitName}`,
	}) as const;

const readBefore = async (system: System, path: string): Promise<FileBefore | undefined> => {
	const [inspected, content] = await Promise.all([system.inspect(path), system.readFile(path)]);
	return inspected && content !== undefined ? {content, mode: inspected.mode} : undefined;
};

const parseSaved = (text: string, path: string): Saved => {
	const {given, problems, unknown} = parseSettingsFile(text);
	if (problems.length === 0) return {given, unknown};
	throw new SetupError({
		what: `The saved settings in ${path} cannot be used.`,
		why: problems.join('\n'),
		next: ['Correct the file, or move it away to start afresh.'],
		code: exitCode.usage,
	});
};

/** What we left here before. Reads only. */
export const load = async (system: System, facts: Facts): Promise<Existing> => {
	const paths = filesOf(facts);
	const read = await Promise.all(
		Object.values(paths).map(async (path) => [path, await readBefore(system, path)] as const),
	);
	const files = new Map(read.flatMap(([path, before]) => (before ? [[path, before] as const] : [])));
	const saved = files.get(paths.settings);
	const receipt = files.get(paths.receipt);
	return {
		saved: saved && parseSaved(saved.content, paths.settings),
		receipt: receipt && parseReceipt(receipt.content),
		files,
	};
};
