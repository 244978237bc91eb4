const signs: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** As lucid writes text into a page: these five signs, and no others. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/gu, (sign) => signs[sign] ?? '');

/** Web/Pages/RepoPage.hs: the header of a repository's page. */
export const repositoryPage = (name: string, url: string): string =>
	`<h1>${escaped(name)}</h1><p class="text-gray-600 dark:text-gray-300 text-sm font-mono break-all">${escaped(url)}</p>`;
