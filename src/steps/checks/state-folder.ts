import {commandText} from '../../platform/command-text.ts';
import {expandHome, stateFolderOf} from '../../platform/service.ts';
import type {FileSystem, System} from '../../platform/system.ts';
import type {Warning} from '../../settings/warning.ts';
import {findPlace, isWithin, look, realPathOf, whyNoFolder, type Place} from '../place.ts';
import {nothing, problem, type Check, type Subject} from './check.ts';

const mebi = 2 ** 20;
/** For the database and the first log lines. */
const leastBytes = 64 * mebi;
/** A few builds' working folders and logs. */
const fewBytes = 1024 * mebi;

const elsewhere = 'Use a folder such as ~/.local/share/vira/state.';

/** Places where Vira's own folders would not be left alone, or would be in the way of other things. */
const misplaced = async ({system, settings, facts}: Subject, real: string): Promise<string | undefined> => {
	const home = realPathOf(await findPlace(system, facts.user.home));
	if (real === '/' || real === home) {
		const what = real === '/' ? 'the root of the file system' : 'your home folder itself';
		return `This is ${what}: Vira would put its database and its folders right into it. ${elsewhere}`;
	}
	if (isWithin(real, '/nix/store')) return `Nothing but Nix may write in the Nix store. ${elsewhere}`;
	const places = await Promise.all(
		Object.values(facts.folders).map((folder: string) => findPlace(system, folder)),
	);
	const own = places.map(realPathOf);
	if (own.some((folder) => isWithin(real, folder)))
		return `vira-setup keeps its own files there. ${elsewhere}`;
	const inside = own.find((folder) => isWithin(folder, real));
	if (inside !== undefined)
		return `vira-setup keeps its own files in a folder in it, ${inside}. ${elsewhere}`;
	const program = expandHome(settings.package, facts.user.home);
	if (program !== '' && isWithin(stateFolderOf(settings, facts), program))
		return `This is in the folder of Vira's program, which the next version replaces. ${elsewhere}`;
	return undefined;
};

const fixesOf = async ({system, facts: {user}}: Subject, folder: string, place: Place): Promise<string> => {
	const {nearest, found, missing, hidden} = place;
	// The kernel's own: nobody can make a folder there, sudo or not (proc(5), sysfs(5)).
	const isKernels = ['/proc', '/sys'].some((own) => isWithin(nearest, own));
	if (found.leadsTo !== 'folder' || hidden || isKernels) return 'Use another folder.';
	if (found.owner === user.uid && (found.mode & 0o200) === 0)
		return `Use another folder, or allow it: ${commandText(['chmod', 'u+w', nearest])}`;
	if (missing.length > 0) {
		const make = ['install', '-d', '-o', user.name, '-m', '0700', folder];
		return `Use a folder of your own, or have this one made: ${commandText(['sudo', ...make])}`;
	}
	// Whatever else is in it may be somebody else's, and what lies outside of the home may belong to the system.
	const names = found.readable ? await system.list(folder) : undefined;
	if (isWithin(nearest, user.home) && names?.every((name) => name === 'ViraState'))
		return `Use another folder, or have it given to you: ${commandText(['sudo', 'chown', '-R', user.name, folder])}`;
	if (names?.length !== 0) return 'Use another folder.';
	const own = ['sudo', 'install', '-d', '-o', user.name, '-m', '0700', `${folder}/vira`] as const;
	return `Use another folder, or one of your own in it: ${commandText(own)}`;
};

const roomText = (bytes: number): string => `${Math.floor(bytes / mebi)} MiB`;

const room = (folder: string, {freeBytes}: FileSystem): readonly Warning[] =>
	freeBytes >= fewBytes
		? []
		: [
				{
					code: 'state-little-room',
					option: 'stateDir',
					message: `Only ${roomText(freeBytes)} are free for ${folder}: a few builds with their logs can fill that.`,
					fixes: ['Free some space, keep jobs for fewer days, or use a folder on another disk.'],
				},
			];

const kinds = {
	temporary: {
		code: 'state-temporary',
		follows: 'it is gone after a reboot, with every repository and job in it.',
		fixes: 'Use a folder on a disk.',
	},
	network: {
		code: 'state-network',
		follows: 'locks may not hold there, and a lost connection can damage the database.',
		fixes: 'Use a folder on a disk of this machine.',
	},
	fuse: {
		code: 'state-fuse',
		follows: 'Vira cannot start before that program runs, and locks may not hold there.',
		fixes: 'Use a folder on a disk of this machine.',
	},
} as const;

/** Only on a Mac is a command asked for that. */
const placeUnknown = (folder: string): readonly Warning[] => [
	{
		code: 'state-place-unknown',
		option: 'stateDir',
		message: `vira-setup cannot tell what kind of file system ${folder} is on: /sbin/mount did not answer.`,
		fixes: ['Check that it is on a disk of this Mac: /sbin/mount lists them.'],
	},
];

const lasting = (folder: string, {kind, temporary, network}: FileSystem): readonly Warning[] => {
	const warning = (which: keyof typeof kinds, place: string): readonly Warning[] => {
		const {code, follows, fixes} = kinds[which];
		return [{code, option: 'stateDir', message: `${folder} lies ${place}: ${follows}`, fixes: [fixes]}];
	};
	if (temporary) return warning('temporary', `in memory (${kind})`);
	if (network) return warning('network', `on another machine (${kind})`);
	if (kind === 'unknown') return placeUnknown(folder);
	return kind === 'fuse' ? warning('fuse', 'on a file system that a program provides (FUSE)') : [];
};

/** A Vira that is there already needs its settings changed to free space. */
const hasState = async (system: System, folder: string, {missing}: Place): Promise<boolean> =>
	missing.length === 0 && (await look(system, `${folder}/ViraState`)) !== undefined;

/** Whether Vira can keep its state where the settings say, and what follows from the place. */
export const checkStateFolder: Check = async (subject) => {
	const {system, settings, facts} = subject;
	const folder = stateFolderOf(settings, facts);
	const place = await findPlace(system, folder);
	const wrong = await misplaced(subject, realPathOf(place));
	if (wrong !== undefined) return problem('stateDir', wrong);
	const why = await whyNoFolder(system, place);
	if (why !== undefined) return problem('stateDir', `${why} ${await fixesOf(subject, folder, place)}`);
	const fileSystem = await system.fileSystemAt(place.found.realPath ?? place.nearest);
	if (!fileSystem) return nothing;
	if (fileSystem.freeBytes < leastBytes && !(await hasState(system, folder, place))) {
		return problem(
			'stateDir',
			`Only ${roomText(fileSystem.freeBytes)} are free there, too little for Vira to start with. Free at least ${roomText(leastBytes)}, or use a folder on another disk.`,
		);
	}
	return {problems: [], warnings: [...lasting(folder, fileSystem), ...room(folder, fileSystem)]};
};
