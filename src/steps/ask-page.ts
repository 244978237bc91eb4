import {urlOf} from '../platform/address.ts';
import {findListeners} from '../platform/find-listeners.ts';
import {askedAt, reachedAt} from '../platform/ip-address.ts';
import {
	holderText,
	isStranger,
	type Holder,
	type Listeners,
	type ServiceProcesses,
	type Stranger,
} from '../platform/listener.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import type {Finding} from './progress.ts';

/** The page of the service, as the settings and its manager tell of it. */
export interface Page {
	readonly settings: Settings;
	readonly service: ServiceProcesses;
}

interface Asked {
	readonly system: System;
	readonly url: string;
	readonly port: number;
	readonly signal: AbortSignal | undefined;
}

/** Where a connection to the URL ends, and who is there. */
interface Met {
	readonly address: string;
	readonly holders: readonly Holder[];
	/** Programs of others at addresses of the name that come later. */
	readonly beside?: readonly (readonly [address: string, holder: Stranger])[];
}

const timeoutMs = 2000;

const seen = (kind: NonNullable<Finding['kind']>, message: string): Finding => ({
	code: 'answering',
	good: kind === 'answers' || kind === 'unknown-owner',
	message,
	kind,
});

const ask = ({system, url, signal}: Asked, at?: string) =>
	system.ask(url, {timeoutMs, ...(signal && {signal}), ...(at !== undefined && {at})});

/** What the URL leads to: of the addresses of its name the first at which somebody listens, as a browser tries them. */
const meet = async (asked: Asked, {seen: sockets, complete}: Listeners): Promise<Met | undefined> => {
	const host = new URL(asked.url).hostname.replace(/^\[(.*)\]$/u, '$1');
	const addresses = await asked.system.addressesOf(host);
	for (const [index, address] of addresses.entries()) {
		const reached = reachedAt(sockets, address).map(({holder}) => holder);
		const beside = addresses
			.slice(index + 1)
			.flatMap((other) => reachedAt(sockets, other).map(({holder}) => [other, holder] as const))
			.filter((one): one is [string, Stranger] => isStranger(one[1]));
		if (reached.length > 0) return {address, holders: reached, beside};
		// What cannot be seen to listen, and answers, is not this person's.
		if (!complete && (await ask(asked, address)).answered)
			return {address, holders: [{is: 'other-user', user: undefined}]};
	}
	// The service may have asked another resolver than we did.
	const own = sockets.find(({holder}) => holder.is === 'service');
	return own && {address: askedAt(own.address), holders: [own.holder]};
};

/** What somebody else's program has in the place of the service. */
const takenBy = (holder: Stranger, asked: Asked, sockets: Listeners['seen']) => {
	const own = sockets.find((one) => one.holder.is === 'service');
	const whereOwn = own ? ` Vira listens at ${own.address}.` : '';
	return seen(
		'other-program',
		`${asked.url} leads to ${holderText(holder)}, which listens on port ${asked.port}, and not to Vira.${whereOwn}`,
	);
};

const besideText = ({beside = []}: Met, port: number): string =>
	beside.map(([at, one]) => ` ${holderText(one)} listens on port ${port} at ${at}.`).join('');

/** `met` is undefined where it is not known who listens. */
const answerOf = async (asked: Asked, met?: Met): Promise<Finding> => {
	const {url, port} = asked;
	const reply = await ask(asked, met?.address);
	if (!reply.answered) return seen('silent', `${url} does not answer: ${reply.why}.`);
	const message = `${url} answers with status ${reply.status}.`;
	if (reply.status >= 500) return seen('server-error', message);
	return met?.holders.every(({is}) => is === 'service')
		? seen('answers', `${message}${besideText(met, port)}`)
		: seen('unknown-owner', `${message} Which program answers could not be seen.`);
};

/**
 * Asks the page once, at the address where the service listens. It is good only where the socket that answers is the
 * service's, and the status is none of an error of the server. Where the machine does not tell whose the socket is, a
 * page that answers counts, and the sentence says so: Vira ends if it cannot listen, so that a process of it that stays
 * speaks for it, and a service that works must not be taken back for what its machine hides.
 */
export const askPage = async (
	system: System,
	{settings, service}: Page,
	signal?: AbortSignal,
): Promise<Finding> => {
	const {port} = settings;
	const asked = {system, url: urlOf(settings), port, signal};
	const listeners = await findListeners(system, port, service);
	if (!listeners) return answerOf(asked);
	const met = await meet(asked, listeners);
	if (!met) return seen('silent', `${asked.url} does not answer: nothing listens on port ${port}.`);
	const stranger = met.holders.find(isStranger);
	return stranger ? takenBy(stranger, asked, listeners.seen) : answerOf(asked, met);
};
