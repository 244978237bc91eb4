import {fixText, type Fix} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import {expandHome} from '../../settings/value.ts';
import {stateFolderOf} from '../../platform/service.ts';
import type {FileSystem, System} from '../../platform/system.ts';
import type {Warning} from '../../settings/warning.ts';
import {
	findExisting,
	isTemporary,
	isWithin,
	look,
	realPathOf,
	whyNoFolder,
	type ExistingPath,
} from '../../platform/paths.ts';
import {nothing, problem, type Check, type Subject} from '../../platform/service-manager/check.ts';

const mebi = 2 ** 20;

/** For the database and the first log lines. */
const leastBytes = 64 * mebi;

/** For the working folders and logs of a few builds. */
const fewBytes = 1024 * mebi;

const elsewhere = 'Use a folder such as ~/.local/share/vira/state.';

/** Folders where Vira's files would be changed by other programs, or would disturb them. */
const misplaced = async ({system, settings, facts}: Subject, real: string): Promise<string | undefined> => {
	const home = realPathOf(await findExisting(system, facts.user.home));
	if (real === '/' || real === home) {
		const what = real === '/' ? 'the root of the file system' : 'your home folder';
		return `This is ${what}: Vira would create its database and folders directly in it. ${elsewhere}`;
	}
	if (isWithin(real, '/nix/store')) return `Only Nix can write to the Nix store. ${elsewhere}`;
	const places = await Promise.all(
		Object.values(facts.folders).map((folder: string) => findExisting(system, folder)),
	);
	const own = places.map(realPathOf);
	if (own.some((folder) => isWithin(real, folder)))
		return `vira-setup keeps its own files there. ${elsewhere}`;
	const inside = own.find((folder) => isWithin(folder, real));
	if (inside !== undefined)
		return `It contains ${inside}, where vira-setup keeps its own files. ${elsewhere}`;
	const program = expandHome(settings.package, facts.user.home);
	if (program !== '' && isWithin(stateFolderOf(settings, facts), program))
		return `This is inside the folder of Vira's program, which an update replaces. ${elsewhere}`;
	return undefined;
};

const another: Fix = {say: 'Use another folder.'};

const fixesOf = async (
	{system, facts: {user}}: Subject,
	folder: string,
	place: ExistingPath,
): Promise<Fix> => {
	const {nearest, found, missing, hidden} = place;
	// File systems of the kernel: not even root can create a folder there (proc(5), sysfs(5)).
	const isKernels = ['/proc', '/sys'].some((own) => isWithin(nearest, own));
	if (found.leadsTo !== 'folder' || hidden || isKernels) return another;
	if (found.owner === user.uid && (found.mode & 0o200) === 0)
		return {say: 'Use another folder, or allow writing:', command: commandText(['chmod', 'u+w', nearest])};
	if (missing.length > 0) {
		const make = ['install', '-d', '-o', user.name, '-m', '0700', folder];
		return {say: 'Use a folder that you own, or create this one:', command: commandText(['sudo', ...make])};
	}
	// Other files in it may belong to other users, and folders outside of the home folder to the system.
	const names = found.readable ? await system.list(folder) : undefined;
	if (isWithin(nearest, user.home) && names?.every((name) => name === 'ViraState'))
		return {
			say: 'Use another folder, or take ownership of it:',
			command: commandText(['sudo', 'chown', '-R', user.name, folder]),
		};
	if (names?.length !== 0) return another;
	const own = ['sudo', 'install', '-d', '-o', user.name, '-m', '0700', `${folder}/vira`] as const;
	return {say: 'Use another folder, or create your own inside it:', command: commandText(own)};
};

const roomText = (bytes: number): string => `${Math.floor(bytes / mebi)} MiB`;

const room = (folder: string, {freeBytes}: FileSystem): readonly Warning[] =>
	freeBytes >= fewBytes
		? []
		: [
				{
					code: 'state-little-room',
					option: 'stateDir',
					message: `Only ${roomText(freeBytes)} is free for ${folder}: a few builds and their logs can fill it.`,
					fixes: [
						{say: 'Free some space, keep finished jobs for fewer days, or use a folder on another disk.'},
					],
				},
			];

const useLocalDisk = {say: 'Use a folder on a local disk.'};

const kinds = {
	temporary: {
		code: 'state-temporary',
		follows: 'it is lost at reboot, with every repository and job in it.',
		fixes: useLocalDisk,
	},
	cleaned: {
		code: 'state-temporary',
		follows: 'the system deletes old files there, so repositories and jobs are lost.',
		fixes: {say: elsewhere},
	},
	network: {
		code: 'state-network',
		follows: 'file locks may not work, and a lost connection can damage the database.',
		fixes: useLocalDisk,
	},
	fuse: {
		code: 'state-fuse',
		follows: 'Vira cannot start before that program runs, and file locks may not work.',
		fixes: useLocalDisk,
	},
} as const;

/** Only on a Mac: there, a command has to find it out. */
const placeUnknown = (folder: string): readonly Warning[] => [
	{
		code: 'state-place-unknown',
		option: 'stateDir',
		message: `Could not determine the file system of ${folder}: /sbin/mount did not respond.`,
		fixes: [{say: 'Check that it is on a disk of this Mac: /sbin/mount lists the disks.'}],
	},
];

const lasting = (
	folder: string,
	{kind, temporary, network}: FileSystem,
	real: string,
): readonly Warning[] => {
	const warning = (which: keyof typeof kinds, place: string): readonly Warning[] => {
		const {code, follows, fixes} = kinds[which];
		return [{code, option: 'stateDir', message: `${folder} is ${place}: ${follows}`, fixes: [fixes]}];
	};
	if (temporary) return warning('temporary', `in memory (${kind})`);
	if ([folder, real].some(isTemporary)) return warning('cleaned', 'in a folder for temporary files');
	if (network) return warning('network', `on another machine (${kind})`);
	if (kind === 'unknown') return placeUnknown(folder);
	return kind === 'fuse' ? warning('fuse', 'on a file system that a program provides (FUSE)') : [];
};

/** An existing Vira is not refused: its settings may have to change to free space. */
const hasState = async (system: System, folder: string, {missing}: ExistingPath): Promise<boolean> =>
	missing.length === 0 && (await look(system, `${folder}/ViraState`)) !== undefined;

/** Whether Vira can keep its state in the chosen folder, and what follows from its file system. */
export const checkStateFolder: Check = async (subject) => {
	const {system, settings, facts} = subject;
	const folder = stateFolderOf(settings, facts);
	const place = await findExisting(system, folder);
	const real = realPathOf(place);
	const wrong = await misplaced(subject, real);
	if (wrong !== undefined) return problem('stateDir', wrong);
	const why = await whyNoFolder(system, place);
	if (why !== undefined)
		return problem('stateDir', `${why} ${fixText(await fixesOf(subject, folder, place))}`);
	const fileSystem = await system.fileSystemAt(place.found.realPath ?? place.nearest);
	if (!fileSystem) return nothing;
	if (fileSystem.freeBytes < leastBytes && !(await hasState(system, folder, place))) {
		return problem(
			'stateDir',
			`Only ${roomText(fileSystem.freeBytes)} is free there, which is not enough for Vira to start. Free at least ${roomText(leastBytes)}, or use a folder on another disk.`,
		);
	}
	return {problems: [], warnings: [...lasting(folder, fileSystem, real), ...room(folder, fileSystem)]};
};
