import {sentenceOf} from '../../notice.ts';
import {
	askedAt,
	reachedAt,
	urlOf,
	holderText,
	isStranger,
	type Holder,
	type Listeners,
	type ServiceProcesses,
	type Stranger,
} from '../../platform/network/address.ts';
import {findListeners} from '../../platform/service-manager/registry.ts';
import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Finding} from '../../platform/actions/action-kind.ts';

/** The page of the service, by its settings and its service manager. */
interface Page {
	readonly settings: Settings;
	readonly service: ServiceProcesses;
}

interface PageRequest {
	readonly system: System;
	readonly url: string;
	readonly port: number;
	readonly signal: AbortSignal | undefined;
}

/** The address that the URL leads to, and who listens there. */
interface Met {
	readonly address: string;
	readonly holders: readonly Holder[];
	/** Other programs at later addresses of the name. */
	readonly beside?: readonly (readonly [address: string, holder: Stranger])[];
}

const timeoutMs = 2000;

const seen = (kind: NonNullable<Finding['kind']>, message: string): Finding => ({
	code: 'responding',
	level: kind === 'responds' || kind === 'unknown-owner' ? 'ok' : 'error',
	message,
	kind,
});

const ask = ({system, url, signal}: PageRequest, at?: string) =>
	system.ask(url, {timeoutMs, ...(signal && {signal}), ...(at !== undefined && {at})});

/** What the URL leads to: the first address of its name at which a program listens, as in a browser. */
const meet = async (asked: PageRequest, {seen: sockets, complete}: Listeners): Promise<Met | undefined> => {
	const host = new URL(asked.url).hostname.replace(/^\[(.*)\]$/u, '$1');
	const addresses = await asked.system.addressesOf(host);
	for (const [index, address] of addresses.entries()) {
		const reached = reachedAt(sockets, address).map(({holder}) => holder);
		const beside = addresses
			.slice(index + 1)
			.flatMap((other) => reachedAt(sockets, other).map(({holder}) => [other, holder] as const))
			.filter((one): one is [string, Stranger] => isStranger(one[1]));
		if (reached.length > 0) return {address, holders: reached, beside};
		// A program that responds, but whose socket is hidden, belongs to another user.
		if (!complete && (await ask(asked, address)).answered)
			return {address, holders: [{is: 'other-user', user: undefined}]};
	}
	// The service may use another resolver.
	const own = sockets.find(({holder}) => holder.is === 'service');
	return own && {address: askedAt(own.address), holders: [own.holder]};
};

/** The finding if another program has the address of the service. */
const takenBy = (holder: Stranger, asked: PageRequest, sockets: Listeners['seen']) => {
	const own = sockets.find((one) => one.holder.is === 'service');
	const whereOwn = own ? ` Vira listens on ${own.address}.` : '';
	return seen('other-program', `${asked.url} leads to ${holderText(holder)}, not to Vira.${whereOwn}`);
};

const besideText = ({beside = []}: Met, port: number): string =>
	beside.map(([at, one]) => ` ${holderText(one)} listens on port ${port} at ${at}.`).join('');

/** `met` is undefined if it is unknown who listens. */
const noResponse = (url: string, why: string): Finding =>
	seen('silent', sentenceOf(`${url} does not respond: ${why}`));

const pageFinding = async (asked: PageRequest, met?: Met): Promise<Finding> => {
	const {url, port} = asked;
	const reply = await ask(asked, met?.address);
	if (!reply.answered) return noResponse(url, reply.why);
	const message = `${url} responds with status ${reply.status}.`;
	if (reply.status >= 500) return seen('server-error', message);
	return met?.holders.every(({is}) => is === 'service')
		? seen('responds', `${message}${besideText(met, port)}`)
		: seen('unknown-owner', `${message} It is unknown which program responds.`);
};

/**
 * Requests the page once, at the address where the service listens. It is good only if the socket belongs to the
 * service and the status is not a server error. If the owner of the socket is unknown, a response counts, and the
 * message says so: Vira exits if it cannot listen, so its running process is evidence enough, and a working service must
 * not be undone because of what the machine hides.
 */
export const askPage = async (
	system: System,
	{settings, service}: Page,
	signal?: AbortSignal,
): Promise<Finding> => {
	const {port} = settings;
	const asked = {system, url: urlOf(settings), port, signal};
	const listeners = await findListeners(system, port, service);
	if (!listeners) return pageFinding(asked);
	const met = await meet(asked, listeners);
	if (!met) return noResponse(asked.url, `nothing listens on port ${port}`);
	const stranger = met.holders.find(isStranger);
	return stranger ? takenBy(stranger, asked, listeners.seen) : pageFinding(asked, met);
};
