import type {RequestListener} from 'node:http';
import {escaped, repositoryPage} from '../../../src/simulator/network.ts';
import type {RepositoryUrls} from '../../../src/simulator/vira/vira-repositories.ts';

export interface Site {
	readonly user: string;
	readonly basePath: string;
	readonly repositories: () => RepositoryUrls;
	/** The status of every page, where it is always the same. */
	readonly status: number | undefined;
}

interface Page {
	readonly type: string;
	readonly body: string;
}

const html = ({user, basePath}: Site, body: string): Page => ({
	type: 'text/html; charset=utf-8',
	body: [
		'<!DOCTYPE html>',
		`<html><head><base href="${escaped(basePath)}"><title>Vira</title>`,
		'<link rel="stylesheet" type="text/css" href="tailwind.css"></head>',
		`<body><h1>Vira</h1><p>User: ${escaped(user)}</p>${body}</body></html>`,
	].join('\n'),
});

const listOf = (repositories: RepositoryUrls): string => {
	const rows = Object.entries(repositories).map(
		([name, url]) => `<li>${escaped(name)}: ${escaped(url)}</li>`,
	);
	return `<ul>${rows.join('')}</ul>`;
};

const pages: Readonly<Record<string, (site: Site) => Page>> = {
	'/': (site) => html(site, '<a href="r">Repositories</a>'),
	'/r': (site) => html(site, listOf(site.repositories())),
	'/env': (site) => html(site, '<h2>Environment</h2>'),
	'/cache': (site) => html(site, '<h2>Cache</h2>'),
	'/cache/nix-cache-info': () => ({
		type: 'text/plain',
		body: 'StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 30\n',
	}),
	'/tailwind.css': () => ({type: 'text/css', body: 'body { font-family: sans-serif; }\n'}),
};

/** `/r/NAME`, for an existing repository. */
const pageOf = (path: string, site: Site): Page | undefined => {
	const name = decodeURIComponent(/^\/r\/([^/]+)$/u.exec(path)?.[1] ?? '');
	const url = site.repositories()[name];
	return url === undefined ? undefined : html(site, repositoryPage(name, url));
};

/** Answers requests; routes start at `/` whatever the base path is. */
export const answersFor =
	(site: Site): RequestListener =>
	(request, response) => {
		const [path = '/'] = (request.url ?? '/').split('?');
		const page = Object.hasOwn(pages, path) ? pages[path]?.(site) : pageOf(path, site);
		const {type, body} = page ?? html(site, '<h2>Page not found</h2>');
		response.writeHead(site.status ?? (page ? 200 : 404), {'Content-Type': type});
		response.end(body);
	};
