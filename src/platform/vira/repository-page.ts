import type {System} from '../system.ts';

/** What a running Vira reports about a repository; `unknown`: nothing reliable; `silent`: it did not respond. */
export type OnPage =
	{readonly is: 'there'; readonly url: string} | {readonly is: 'absent' | 'unknown' | 'silent'};

/** Vira's pages (lucid) escape these five characters, and no others. */
const signs: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'"};

const unescaped = (html: string): string =>
	html.replaceAll(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => signs[name] ?? '');

/** The header of a repository's page has its clone URL in this paragraph (Web/Pages/RepoPage.hs). */
const cloneUrlIn = (html: string): string | undefined =>
	[...html.matchAll(/<p ([^<>]*)>([^<]+)<\/p>/gu)].find(([, attributes = '']) =>
		/\bfont-mono\b/u.test(attributes),
	)?.[2];

/** Far more than such a page has before the list of branches. */
const headBytes = 65_536;

/**
 * Requests Vira's own page of a repository, `/r/NAME`: no other program can read the state while Vira is running. `url`
 * is Vira's own URL, with a trailing slash.
 */
export const askRepositoryPage = async (system: System, url: string, name: string): Promise<OnPage> => {
	const page = `${url}r/${encodeURIComponent(name)}`;
	const answer = await system.ask(page, {timeoutMs: 2000, bodyBytes: headBytes});
	if (!answer.answered) return {is: 'silent'};
	if (answer.status === 404) return {is: 'absent'};
	const shown = answer.status === 200 ? cloneUrlIn(answer.body ?? '') : undefined;
	return shown === undefined ? {is: 'unknown'} : {is: 'there', url: unescaped(shown)};
};
