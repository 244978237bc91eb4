import type {RequestListener} from 'node:http';
import type {Repositories} from './repositories.ts';

export interface Site {
	readonly user: string;
	readonly basePath: string;
	readonly repositories: () => Repositories;
}

interface Page {
	readonly type: string;
	readonly body: string;
}

const cacheInfo = 'StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 30\n';

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const html = ({user, basePath}: Site, body: string): Page => ({
	type: 'text/html; charset=utf-8',
	body: [
		'<!DOCTYPE html>',
		`<html><head><base href="${escaped(basePath)}"><title>Vira</title></head>`,
		`<body><h1>Vira</h1><p>User: ${escaped(user)}</p>${body}</body></html>`,
	].join('\n'),
});

const listOf = (repositories: Repositories): string => {
	const rows = Object.entries(repositories).map(
		([name, url]) => `<li>${escaped(name)}: ${escaped(url)}</li>`,
	);
	return `<ul>${rows.join('')}</ul>`;
};

const pageAt = (path: string, site: Site): Page | undefined => {
	if (path === '/') return html(site, '<a href="r">Repositories</a>');
	if (path === '/r') return html(site, listOf(site.repositories()));
	if (path === '/cache' || path === '/cache/nix-cache-info') {
		return {type: 'text/x-nix-cache-info', body: cacheInfo};
	}
	return undefined;
};

/** Answers requests; routes start at `/` whatever the base path is. */
export const answersFor =
	(site: Site): RequestListener =>
	(request, response) => {
		const [path] = (request.url ?? '/').split('?');
		const page = pageAt(path ?? '/', site);
		response.writeHead(page === undefined ? 404 : 200, {'Content-Type': page?.type ?? 'text/plain'});
		response.end(page?.body ?? 'Not found\n');
	};
