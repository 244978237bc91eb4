import type {FoundVira} from './facts.ts';
import type {System} from './system.ts';

const inStore = (path: string): boolean => path.startsWith('/nix/store/');

/** Where an installed Vira can be, the most durable way to name it first. */
const candidates = ({environment, user}: System): readonly string[] => {
	const onPath = (environment['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
	const profiles = [
		`${user.home}/.nix-profile/bin`,
		`${user.home}/.local/state/nix/profile/bin`,
		`/etc/profiles/per-user/${user.name}/bin`,
		'/run/current-system/sw/bin',
		'/nix/var/nix/profiles/default/bin',
		`${user.home}/.local/bin`,
	];
	const folders = [...new Set([...onPath, ...profiles])];
	// A store path is gone after the next garbage collection; a profile's link is kept by its profile.
	return [...folders.filter((folder) => !inStore(folder)), ...folders.filter(inStore)].map(
		(folder) => `${folder}/vira`,
	);
};

const askVersion = async (system: System, path: string): Promise<string | undefined> => {
	const {exitCode, stdout} = await system.run([path, '--version'], {timeoutMs: 5000});
	return exitCode === 0 ? /\d+(?:\.\d+)+\S*/u.exec(stdout)?.[0] : undefined;
};

/** The Vira that a service can rely on, and its version. */
export const findVira = async (system: System): Promise<FoundVira | undefined> => {
	const paths = candidates(system);
	const inspected = await Promise.all(paths.map((path) => system.inspect(path)));
	const path = paths.find((_, index) => inspected[index]?.executable);
	return path === undefined ? undefined : {path, version: await askVersion(system, path)};
};
