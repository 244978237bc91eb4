import {fixText, type Fix} from '../../notice.ts';
import type {Facts} from '../../platform/facts.ts';
import {proxyFor, urlAt, urlOf} from '../../platform/network/address.ts';
import type {SshServer} from '../../platform/machine-facts.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Settings} from '../../settings/options.ts';
import {isEverywhere, isLoopback} from '../../settings/warning.ts';
import {indented} from '../error-report.ts';
import type {Preview} from '../../steps/plan/preview.ts';
import type {Proposal} from '../../steps/plan/propose.ts';

/** How the page can be opened. */
interface OpenFrom {
	/** A URL that works on the machine itself. */
	readonly thisMachine: string;
	/** A URL that works on others; undefined: none, or its address is unknown. */
	readonly otherMachines: string | undefined;
	/** The command for the other end of an SSH connection, after which localhost works there. */
	readonly tunnel: string | undefined;
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const tunnelTo = ({hostname, port}: Settings, {address, port: sshPort}: SshServer, {user}: Facts): string =>
	commandText([
		'ssh',
		...(sshPort === 22 ? [] : ['-p', String(sshPort)]),
		'-L',
		`${port}:${bracketed(hostname)}:${port}`,
		`${user.name}@${address}`,
	]);

/** Neither loopback nor link-local (RFC 3927, RFC 4291). */
const isForOthers = (address: string): boolean => !/^(?:127\.|::1$|169\.254\.|fe80:)/iu.test(address);

/** An address of this machine that others may reach: the one that was reached, then IPv4. */
const addressForOthers = ({hostname}: Settings, {ssh, ownAddresses}: Facts): string | undefined => {
	const all = [...(ssh ? [ssh.address] : []), ...ownAddresses].filter(isForOthers);
	// 0.0.0.0 is every IPv4 address only.
	const found = hostname === '0.0.0.0' ? all.filter((one) => !one.includes(':')) : all;
	if (ssh && found[0] === ssh.address) return found[0];
	return found.find((one) => !one.includes(':')) ?? found[0];
};

const forOthers = (settings: Settings, facts: Facts | undefined): string | undefined => {
	if (!isEverywhere(settings.hostname)) return urlOf(settings);
	const address = facts && addressForOthers(settings, facts);
	return address === undefined ? undefined : urlAt(address, settings);
};

/** From where the page can be opened, and how. `isLocal`: only this machine can reach the host name. */
export const openFrom = (
	settings: Settings,
	facts: Facts | undefined,
	isLocal = isLoopback(settings.hostname),
): OpenFrom => ({
	thisMachine: urlOf(settings),
	otherMachines: isLocal ? undefined : forOthers(settings, facts),
	tunnel:
		facts?.ssh && isForOthers(facts.ssh.address) && isLocal
			? tunnelTo(settings, facts.ssh, facts)
			: undefined,
});

const certificateLines = ({https, tlsCert}: Settings): readonly string[] =>
	https && tlsCert === undefined
		? ['Your browser warns about the certificate, because Vira created it itself. Continue anyway.']
		: [];

/** How to open the page, in words. */
export const openLines = (
	settings: Settings,
	facts: Facts | undefined,
	isLocal?: boolean,
): readonly string[] => {
	const proxy = proxyFor(settings);
	if (proxy)
		return [`Open Vira at ${proxy.path} on your proxy, which must forward that path to:`, `  ${proxy.to}`];
	const {thisMachine, otherMachines, tunnel} = openFrom(settings, facts, isLocal);
	if (tunnel !== undefined)
		return [
			'Vira can be opened on this machine only. To open it on your own computer, run there:',
			`  ${tunnel}`,
			'Then open Vira there:',
			`  ${urlAt('localhost', settings)}`,
			...certificateLines(settings),
		];
	return [
		'Open Vira:',
		`  ${thisMachine}`,
		...(otherMachines === undefined || otherMachines === thisMachine
			? []
			: ['From other machines:', `  ${otherMachines}`]),
		...certificateLines(settings),
	];
};

/** How the first build of a branch starts: nobody but a person does that (Vira's AutoBuild.hs, its RepoPage.hs). */
interface FirstBuild {
	readonly say: string;
	/** The page for it; undefined: it is behind a proxy. */
	readonly url: string | undefined;
	readonly after: string;
}

const firstBuild = (settings: Settings, facts: Facts | undefined, isLocal?: boolean): FirstBuild => {
	const [name, ...others] = Object.keys(settings.repositories);
	const first = name === undefined ? 'add a repository, ' : others.length > 0 ? 'choose a repository, ' : '';
	const {thisMachine, tunnel} = openFrom(settings, facts, isLocal);
	const page = tunnel === undefined ? thisMachine : urlAt('localhost', settings);
	const place = name === undefined || others.length > 0 ? 'r' : `r/${encodeURIComponent(name)}`;
	return {
		say: `${first}choose a branch, then "Build"`,
		url: proxyFor(settings) ? undefined : page + place,
		after: settings.autoBuildNewBranches
			? 'Vira builds new commits of every branch. For a commit older than an hour, start the build this way.'
			: 'After that, Vira builds each new commit of that branch.',
	};
};

/** The same, in words. */
export const firstBuildLines = (
	settings: Settings,
	facts: Facts | undefined,
	isLocal?: boolean,
): readonly string[] => {
	const {say, url, after} = firstBuild(settings, facts, isLocal);
	return [...(url === undefined ? [`First build: ${say}.`] : [`First build: ${say}:`, `  ${url}`]), after];
};

const later: readonly Fix[] = [
	{say: 'shows the state of Vira', command: 'vira-setup status'},
	{say: 'follows the log', command: 'vira-setup logs -f'},
	{say: 'changes the settings', command: 'vira-setup'},
];

const firstRepository: Fix = {
	say: 'adds a repository; you can also do that on the page',
	command: 'vira-setup --repository NAME=URL',
};

/** What to do next, most useful first. */
const nextSteps = ({repositories}: Settings): readonly Fix[] => [
	...(Object.keys(repositories).length === 0 ? [firstRepository] : []),
	...later,
];

/** Whether a repository may be new to Vira, so that a person has to start its first build. */
export const needsFirstBuild = ({first, changed}: Pick<Preview, 'first' | 'changed'>): boolean =>
	first ||
	changed.some(
		({option, items}) => option === 'repositories' && items && items.added.length + items.changed.length > 0,
	);

/** The same for a program, with the first build. */
export const allNextSteps = (
	{settings, preview}: Pick<Proposal, 'settings' | 'preview'>,
	facts: Facts | undefined,
): readonly Fix[] => {
	if (!needsFirstBuild(preview)) return nextSteps(settings);
	const {say, url, after} = firstBuild(settings, facts, preview.isLocalHost);
	const at = url === undefined ? '' : ` (${url})`;
	const {length} = Object.keys(settings.repositories);
	const begin: Fix = {say: `First build: ${say}${at}. ${after}`};
	const steps = nextSteps(settings);
	return length === 0 ? [...steps.slice(0, 1), begin, ...steps.slice(1)] : [begin, ...steps];
};

export const nextLines = (settings: Settings): readonly string[] => [
	'Next:',
	...indented(nextSteps(settings).map(fixText)),
];
