import type {Machine} from '../machine.ts';
import type {ViraProcess} from '../machine-state.ts';
import {readRepositories} from './vira-database.ts';
import {repositoryPage} from './vira-html.ts';
import {stateFolderIn} from './vira-state.ts';

export interface Page {
	readonly status: number;
	readonly body: string;
}

const pages = ['/', '/r', '/env', '/cache', '/cache/nix-cache-info', '/tailwind.css'];

const notFound: Page = {status: 404, body: 'Not found'};

/** What Vira answers to a GET of a path. */
export const viraPage = async (machine: Machine, process: ViraProcess, path: string): Promise<Page> => {
	if (pages.includes(path)) return {status: 200, body: 'Vira'};
	const name = /^\/r\/([^\/]+)$/u.exec(path)?.[1];
	const folder = stateFolderIn(process);
	if (name === undefined || folder === undefined) return notFound;
	const repositories = await readRepositories(machine, folder);
	const url = repositories[decodeURIComponent(name)];
	return url === undefined ? notFound : {status: 200, body: repositoryPage(decodeURIComponent(name), url)};
};
