import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {proxyFor, urlOf} from '../../../src/platform/network/address.ts';
import {settings} from '../../support/situation.ts';
import {getPage} from '../../support/vira/get-page.ts';
import {accepting, begin, freePort} from '../../support/vira/processes.ts';
import {startProxy} from '../../support/vira/proxy.ts';
import {openWorkshop, type Workshop} from '../../support/vira/workshop.ts';

let workshop: Workshop;

beforeAll(async () => {
	workshop = await openWorkshop();
});
afterAll(() => workshop.remove());

/** Where a browser looks for the style of a page: below the base path that the page names. */
const styleOf = (body: string, url: string): string => {
	const base = /<base href="([^"]*)"/u.exec(body)?.[1];
	const style = /<link rel="stylesheet"[^>]* href="([^"]*)"/u.exec(body)?.[1];
	if (base === undefined || style === undefined) throw new Error(`No style in ${body}`);
	return new URL(style, new URL(base, url)).href;
};

/** The status of a page, and of its style. */
const seenAt = async (url: string): Promise<readonly unknown[]> => {
	const {status, body} = await getPage(url);
	return [status, (await getPage(styleOf(body, url))).status];
};

/** A Vira that serves below a base path; the settings that it was started with. */
const serving = async (basePath: string) => {
	const port = (await freePort('127.0.0.1')) ?? 0;
	const words = ['--state-dir', workshop.newFolder(), 'web', '--host', '127.0.0.1', '--no-https'];
	const started = begin(workshop.vira, [...words, '--port', String(port), '--base-path', basePath]);
	await accepting({host: '127.0.0.1', port}, started);
	return settings({hostname: '127.0.0.1', https: false, port, basePath});
};

test('with a base path the page has its style through the described proxy, and not without it', async () => {
	const given = await serving('/vira/');
	expect(await seenAt(urlOf(given))).toEqual([200, 404]);
	const rule = proxyFor(given) ?? {path: '', to: ''};
	expect(rule).toEqual({path: '/vira/', to: urlOf(given)});
	expect(await seenAt(new URL(rule.path, await startProxy(rule)).href)).toEqual([200, 200]);
});

test("a base path without a trailing slash, which is refused, leads to a style outside the proxy's path", async () => {
	const to = urlOf(await serving('/vira'));
	expect(await seenAt(new URL('/vira/', await startProxy({path: '/vira/', to})).href)).toEqual([200, 404]);
});

test('without a base path no proxy is needed', async () => {
	const given = await serving('/');
	expect([proxyFor(given), await seenAt(urlOf(given))]).toEqual([undefined, [200, 200]]);
});
