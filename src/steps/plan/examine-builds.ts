import {linksFolder} from '../../platform/vira/nix.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Settings} from '../../settings/options.ts';
import {problem, together, type Remarks} from '../../platform/service-manager/check.ts';
import {unbuilt} from './plan-builds.ts';
import type {LinkFolder, Site} from '../../platform/installed/situation.ts';

const readLink = async (system: System, path: string): Promise<LinkFolder['links']> => {
	const found = await system.inspect(path);
	const storePath = found?.linksTo;
	return storePath?.startsWith('/nix/store/') && found?.leadsTo !== undefined ? [{path, storePath}] : [];
};

const readFolder = async (system: System, path: string): Promise<readonly LinkFolder[]> => {
	const [found, names] = await Promise.all([system.inspect(path), system.list(path)]);
	if (found?.kind !== 'folder' || !names) return [];
	const links = await Promise.all(names.toSorted().map((name) => readLink(system, `${path}/${name}`)));
	return [{path, mode: found.mode, links: links.flat()}];
};

/** What Nix has built for us. Reads only. */
export const readBuilt = async (system: System, facts: Facts): Promise<Site['built']> => {
	const folder = linksFolder(facts);
	const names = (await system.list(folder)) ?? [];
	return (await Promise.all(names.toSorted().map((name) => readFolder(system, `${folder}/${name}`)))).flat();
};

/** Whether Nix exists for what is still to be built. */
export const checkBuilds = (settings: Settings, facts: Facts, built: Site['built']): Remarks => {
	if (facts.nix) return together([]);
	return together(
		unbuilt(settings, {facts, site: {built}}).map((one) =>
			problem(
				one === settings.package ? 'package' : 'extraPackages',
				`Nix is needed to build ${maskLooks(one)}, but it was not found. Install Nix, or give the path of an installed package.`,
			),
		),
	);
};
