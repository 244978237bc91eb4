import {failed} from '../../result.ts';
import type {RunResult} from '../../../platform/system.ts';
import {switchOf, type Caller} from '../mac.ts';
import type {DomainTarget, MacState} from '../mac-state.ts';

/** The texts of `launchctl error`. */
const texts: Readonly<Record<number, string>> = {
	1: 'Operation not permitted',
	2: 'No such file or directory',
	3: 'No such process',
	5: 'Input/output error',
	17: 'File exists',
	37: 'Operation already in progress',
	109: 'Invalid property list',
	110: 'Invalid or missing service identifier',
	111: 'Invalid or missing Program/ProgramArguments',
	112: 'Could not find specified domain',
	113: 'Could not find specified service',
	119: 'Service is disabled',
	122: 'Path had bad ownership/permissions',
	125: 'Domain does not support specified action',
	134: 'Service cannot load in requested session',
};

export const errorText = (code: number): string => texts[code] ?? 'Unknown error';

/** The number with its text, as in every message of launchctl. */
export const numbered = (code: number): string => `${code}: ${errorText(code)}`;

/** The target of a launchctl command: a domain, or a service in one. */
export interface Target {
	readonly domain: DomainTarget;
	readonly label: string | undefined;
}

export interface ServiceTarget extends Target {
	readonly label: string;
}

const numberedDomain = (kind: string | undefined, text: string): DomainTarget | undefined =>
	(kind === 'gui' || kind === 'user') && /^\d+$/u.test(text) ? `${kind}/${Number(text)}` : undefined;

/** Parses a target specifier of launchctl(1); undefined if it is invalid. */
export const readTarget = (text: string): Target | undefined => {
	const parts = text.split('/');
	const [kind, number = '', ...rest] = parts;
	const isSystem = kind === 'system';
	const labels = isSystem ? parts.slice(1) : rest;
	const domain = isSystem ? 'system' : numberedDomain(kind, number);
	if (!domain || labels.length > 1 || labels[0] === '') return undefined;
	return {domain, label: labels[0]};
};

/** A domain in the words of launchctl. */
const domainWords = (domain: DomainTarget): string => {
	const [kind, number = ''] = domain.split('/');
	if (kind === 'system') return 'system';
	return kind === 'gui' ? `user gui: ${number}` : `uid: ${number}`;
};

/** How a command's messages begin, and whether it only reads. */
export interface Manner {
	readonly begins: string;
	readonly looks: boolean;
}

export const failure = ({begins}: Pick<Manner, 'begins'>, code: number): RunResult =>
	failed(`${begins}: ${numbered(code)}`, code);

const withoutDomain = (mac: MacState, manner: Manner, domain: DomainTarget): RunResult => {
	const user = mac.domains[domain.split('/')[1] ?? ''];
	const code = user && domain.startsWith('gui/') ? switchOf(mac, 'domainAbsentCode') : 112;
	if (code === 125) return failure(manner, 125);
	const first = manner.looks && switchOf(mac, 'badRequestLine') ? 'Bad request.\n' : '';
	return failed(`${first}Could not find domain for ${domainWords(domain)}`, 112);
};

/** Why a command cannot reach its target: another user's domain, or one that does not exist. Never masked. */
export const whyNoDomain = (
	{mac, caller}: {readonly mac: MacState; readonly caller: Caller},
	domain: DomainTarget,
	manner: Manner,
): RunResult | undefined => {
	const [kind, number] = domain.split('/');
	const isOwn = caller.euid === 0 || (kind === 'system' ? manner.looks : String(caller.euid) === number);
	if (!isOwn) return failure(manner, 1);
	if (kind === 'system') return undefined;
	const user = mac.domains[number ?? ''];
	const isThere = user !== undefined && (kind === 'user' || user.gui);
	return isThere ? undefined : withoutDomain(mac, manner, domain);
};

/** The message about a label that is not loaded. */
export const notLoaded = (mac: MacState, {domain, label}: ServiceTarget, looks = false): RunResult => {
	const first = looks && switchOf(mac, 'badRequestLine') ? 'Bad request.\n' : '';
	return failed(`${first}Could not find service "${label}" in domain for ${domainWords(domain)}`, 113);
};
