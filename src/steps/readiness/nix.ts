import type {Fix} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import {answerOf, whyFailed} from '../../platform/run-result.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {RunResult} from '../../platform/system.ts';
import {askVersion, versionIn} from '../../platform/vira/programs.ts';
import {
	isUntrusted,
	nixOrigin,
	parseNixConfig,
	nixList,
	type NixConfig,
	type NixOrigin,
} from '../../platform/vira/nix.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {answerMs, checkIn, findOnPath, type BuildCheck, type BuildSubject} from './build-check.ts';

const inGroup = checkIn('nix');

/** Nix's own settings: an option of the system's configuration, or a line of a file. */
const setInNix = (origin: NixOrigin, option: string, inFile: Fix): Fix => {
	const tools: Partial<Record<NixOrigin, string>> = {nixos: 'nixos-rebuild', 'nix-darwin': 'darwin-rebuild'};
	return tools[origin] === undefined
		? inFile
		: {say: `Add ${option} to the system configuration, then:`, command: `sudo ${tools[origin]} switch`};
};

/** The store of a Mac may only not be mounted yet. */
const missing = ({facts}: BuildSubject): BuildCheck => {
	const away = managerOf(facts).advice.find(({code}) => code === 'nix-not-mounted');
	if (away) return {...away, group: 'nix', level: 'error'};
	return inGroup('error', 'nix-missing', {
		message: 'Nix was not found: Vira builds everything with it.',
		detail: 'Vira runs without it, but every build fails.',
		fixes: [{say: 'Install Nix: https://nixos.org/download/ or https://determinate.systems/nix'}],
	});
};

/** Why the daemon, or the store of a single user, does not answer. */
const refusedByNix = async (subject: BuildSubject, said: string): Promise<BuildCheck> => {
	const {facts} = subject;
	const {nixDaemon} = managerOf(facts).commands;
	const origin = await nixOrigin(subject);
	const restart = {say: 'restarts the Nix daemon', command: commandText(nixDaemon(origin === 'determinate'))};
	const detail = maskLooks(said.split('\n').findLast((line) => line.includes('error')) ?? said.trim());
	if (/socket.*Permission denied|Connection reset by peer|Broken pipe/su.test(said))
		return inGroup('error', 'nix-refused', {
			message: `The Nix daemon does not accept ${facts.user.name}.`,
			detail,
			fixes: [
				{
					say: 'Debian lets only the group nix-users use it. Join it, then restart the machine:',
					command: commandText(['sudo', 'usermod', '-aG', 'nix-users', facts.user.name]),
				},
				{say: 'Elsewhere, allowed-users in /etc/nix/nix.conf decides.'},
			],
		});
	if (/is not a recognised command|unrecognised flag '--extra-experimental-features'/u.test(said))
		return inGroup('error', 'nix-too-old', {
			message: 'This Nix is too old for flakes.',
			detail,
			fixes: [{say: 'Install Nix 2.4 or newer: https://nixos.org/download/'}],
		});
	if (/configuration line|nix\.conf/u.test(said))
		return inGroup('error', 'nix-config-damaged', {message: 'Nix cannot read its configuration.', detail});
	if (/socket|'daemon'|The daemon/u.test(said))
		return inGroup('error', 'nix-daemon-stopped', {
			message: 'The Nix daemon does not respond.',
			detail,
			fixes: [restart],
		});
	return inGroup('error', 'nix-store-unusable', {
		message: 'Nix cannot use its store.',
		detail,
		fixes: [{say: 'shows more', command: 'nix store info'}],
	});
};

const notSupported = (said: RunResult): boolean =>
	/is not a recogni[sz]ed (?:sub)?command|unrecogni[sz]ed|is not a supported command/iu.test(said.stderr);

/** Whether this Nix is 2.x with a smaller x; false if its version is not known. */
const isBefore = ({facts}: BuildSubject, nix: string, minor: number): boolean => {
	const [, known] = /^2\.(\d+)/u.exec((nix === facts.nix?.path && facts.nix.version) || '') ?? [];
	return known !== undefined && Number(known) < minor;
};

/** A command by its name since 2.`since`, or its earlier one. */
const askNix = async (
	subject: BuildSubject,
	nix: string,
	{since, now, before}: Record<'now' | 'before', readonly string[]> & {readonly since: number},
): Promise<RunResult> => {
	const {service, signal} = subject;
	const ask = (words: readonly string[]): Promise<RunResult> =>
		service.run([nix, ...words], {timeoutMs: answerMs, signal});
	if (isBefore(subject, nix, since)) return ask(before);
	const result = await ask(now);
	return notSupported(result) ? ask(before) : result;
};

const enabling = ['--extra-experimental-features', 'nix-command'];

/** What it tells stands on either output, by version. */
const askStore = (subject: BuildSubject, nix: string): Promise<RunResult> =>
	askNix(subject, nix, {
		since: 19,
		now: [...enabling, 'store', 'info'],
		before: [...enabling, 'store', 'ping'],
	});

/**
 * Without the option that enables it, as Vira does: it fails where flakes are off. As text, because Nix 2.8 has numbers in
 * JSON.
 */
const askConfig = (subject: BuildSubject, nix: string): Promise<RunResult> =>
	askNix(subject, nix, {since: 20, now: ['config', 'show'], before: ['show-config']});

const featuresOff = (origin: NixOrigin): BuildCheck =>
	inGroup('error', 'nix-flakes-off', {
		message: 'Flakes are not enabled in Nix: Vira can build nothing.',
		fixes: [
			setInNix(origin, 'nix.settings.experimental-features = ["nix-command" "flakes"];', {
				say: 'enables them for you',
				command:
					"mkdir -p ~/.config/nix && echo 'extra-experimental-features = nix-command flakes' >> ~/.config/nix/nix.conf",
			}),
		],
	});

const checkFeatures = (result: RunResult, origin: NixOrigin): readonly BuildCheck[] => {
	const config = parseNixConfig(answerOf(result));
	if (config)
		return nixList(config.get('experimental-features')).includes('flakes') ? [] : [featuresOff(origin)];
	if (/experimental (?:Nix )?feature '(?:nix-command|flakes)' is disabled/u.test(result.stderr))
		return [featuresOff(origin)];
	return [
		inGroup('warning', 'nix-config-unknown', {
			message: 'Nix did not print its configuration.',
			detail: maskLooks(whyFailed(result).split('\n').at(-1) ?? ''),
			fixes: [{say: 'shows it', command: 'nix config show'}],
		}),
	];
};

const untrusted = ({facts: {user}}: BuildSubject, origin: NixOrigin): BuildCheck =>
	inGroup('note', 'nix-untrusted', {
		message: `Nix does not trust ${user.name}: caches that a flake brings are ignored, and builds take longer.`,
		detail: 'A trusted user can become root through Nix.',
		fixes: [
			setInNix(origin, `nix.settings.trusted-users = ["${user.name}"];`, {
				say: `Add "extra-trusted-users = ${user.name}" to /etc/nix/${origin === 'determinate' ? 'nix.custom.conf' : 'nix.conf'}, and restart the Nix daemon.`,
			}),
		],
	});

/** What builds are limited by, in brackets. */
const limitsIn = (config: NixConfig | undefined): string => {
	const [jobs, sandbox] = [config?.get('max-jobs'), config?.get('sandbox')];
	const named: Readonly<Record<string, string>> = {true: 'on', false: 'off'};
	const parts = [
		...(jobs === undefined ? [] : [`max-jobs ${jobs}`]),
		...(sandbox === undefined ? [] : [`sandbox ${named[sandbox] ?? sandbox}`]),
	];
	return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
};

/** Whether Nix can build as the service will ask it to. */
export const checkNix = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const {system, facts, service} = subject;
	const onPath = await findOnPath(system, service.variables['PATH'], 'nix');
	const nix = onPath ?? facts.nix?.path;
	if (nix === undefined) return [missing(subject)];
	const [store, config, origin] = await Promise.all([
		askStore(subject, nix),
		askConfig(subject, nix),
		nixOrigin(subject),
	]);
	const said = `${store.stdout}\n${store.stderr}`;
	if (store.exitCode !== 0)
		return [await refusedByNix(subject, store.timedOut ? 'The daemon does not respond.' : said)];
	const known = nix === facts.nix?.path ? facts.nix.version : await askVersion(system, nix);
	const version = versionIn(/^Version: (.+)$/mu.exec(said)?.[1] ?? '') ?? known;
	const settings = parseNixConfig(answerOf(config));
	const ready = `Nix ${version ?? ''} responds${limitsIn(settings)}`.replace('  ', ' ');
	return [
		inGroup('ok', 'nix-ready', {message: ready}),
		...checkFeatures(config, origin),
		...(isUntrusted(said, settings, facts.user.name) ? [untrusted(subject, origin)] : []),
		...(onPath === undefined ? [offPath(nix)] : []),
	];
};

const offPath = (nix: string): BuildCheck =>
	inGroup('warning', 'nix-off-path', {
		message: `Nix (${nix}) is not on the PATH of the service.`,
		detail: 'Vira has its own, but what a build starts does not find this one.',
		fixes: [{say: 'Link it into a folder such as /usr/local/bin.'}],
	});
