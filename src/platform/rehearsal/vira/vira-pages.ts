import type {Machine} from '../machine.ts';
import type {ViraProcess} from '../machine-state.ts';
import {readRepositories, stateFolderIn} from './vira-state.ts';

export interface Page {
	readonly status: number;
	readonly body: string;
}

const signs: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/gu, (sign) => signs[sign] ?? '');

/** Web/Pages/RepoPage.hs: the header of a repository's page. */
const repositoryPage = (name: string, url: string): string =>
	`<h1>${escaped(name)}</h1><p class="text-gray-600 dark:text-gray-300 text-sm font-mono break-all">${escaped(url)}</p>`;

const notFound: Page = {status: 404, body: 'Not found'};

/** What Vira answers to a GET of a path. */
export const viraPage = async (machine: Machine, process: ViraProcess, path: string): Promise<Page> => {
	if (['/', '/r', '/cache', '/cache/nix-cache-info'].includes(path)) return {status: 200, body: 'Vira'};
	const name = /^\/r\/([^\/]+)$/u.exec(path)?.[1];
	if (name === undefined) return notFound;
	const repositories = await readRepositories(machine, stateFolderIn(process));
	const url = repositories[decodeURIComponent(name)];
	return url === undefined ? notFound : {status: 200, body: repositoryPage(decodeURIComponent(name), url)};
};
