import type {Facts} from '../../platform/facts.ts';
import {loadedIn} from '../../platform/macos/agents.ts';
import {domainTarget} from '../../platform/macos/launchctl.ts';
import type {Status} from '../../steps/status/survey.ts';
import {shortPath} from '../describe.ts';
import {momentText, spanText} from './span-text.ts';
import type {Row} from './table.ts';

const withoutPeriod = (sentence: string): string => sentence.replace(/\.$/u, '');

const marked = (good: boolean, otherwise: '!' | '✖' = '!'): Row['mark'] => (good ? '✔' : otherwise);

const managerOf = ({platform}: Facts): string => (platform === 'linux' ? 'systemd' : 'launchd');

const enabled = ({service, facts}: Status): Row => {
	if (service.masked)
		return {mark: '✖', label: 'Enabled', value: 'masked: systemd was told never to start it'};
	const no =
		facts.platform === 'linux'
			? 'no: nothing starts it by itself'
			: 'switched off: launchd does not take it at a login';
	return {mark: marked(service.enabled), label: 'Enabled', value: service.enabled ? 'yes' : no};
};

const loaded = ({vitals, facts}: Status): Row => {
	const who = managerOf(facts);
	if (vitals.loaded === undefined)
		return {mark: '!', label: 'Loaded', value: `unknown: ${who} does not answer`};
	const value = vitals.loaded ? `yes: ${who} has it` : `no: ${who} does not have it`;
	return {mark: marked(vitals.loaded), label: 'Loaded', value};
};

const states: Readonly<Record<string, string>> = {
	activating: 'no: it has ended, and is about to be started again',
	deactivating: 'no: it is ending',
	reloading: 'no: it is reloading',
	inactive: 'no: it is stopped',
	failed: 'no: it has failed',
};

const silent = (facts: Facts): string =>
	facts.platform === 'linux'
		? `no: the user manager of ${facts.user.name} does not run, or does not answer`
		: 'unknown: launchd does not say';

const running = ({service, vitals, facts, diagnosis}: Status): Row => {
	const label = 'Running';
	if (service.active !== 'active') {
		const value = states[service.active] ?? silent(facts);
		// What the diagnosis says stands below.
		const ending = diagnosis ? undefined : vitals.ending;
		return {mark: '✖', label, value: ending === undefined ? value : withoutPeriod(`${value}. ${ending}`)};
	}
	const {since} = vitals;
	const span = since === undefined ? '' : `, for ${spanText(Date.parse(facts.now) - since)}`;
	const from = since === undefined ? 'yes' : `since ${momentText(since)}`;
	return {mark: '✔', label, value: `${from}${span}, process ${service.mainPid ?? 0}`};
};

const page = ({page: seen, url}: Status): readonly Row[] => {
	if (url === undefined) return [];
	const value = seen?.sentence ?? 'no: it does not run';
	return [{mark: marked(seen?.good ?? false, '✖'), label: 'Healthy', value: withoutPeriod(value)}];
};

const trouble = ({diagnosis, service}: Status): readonly Row[] => {
	if (!diagnosis) return [];
	const runs = service.active === 'active';
	const value = withoutPeriod(`${diagnosis.title} ${diagnosis.consequence}`);
	return [{mark: runs ? '!' : '✖', label: runs ? 'Differs' : 'Why', value}];
};

const mebi = 2 ** 20;

const numbers = ({service, vitals}: Status): readonly Row[] => [
	...(service.active === 'unknown'
		? []
		: [{mark: ' ', label: 'Restarts', value: String(service.restarts)} as const]),
	...(vitals.memory === undefined
		? []
		: [{mark: ' ', label: 'Memory', value: `${Math.round(vitals.memory / mebi)} MiB`} as const]),
];

const place = ({facts, installation}: Status): Row => {
	if (facts.platform === 'linux') {
		const value = facts.linux.lingering
			? `on: services of ${facts.user.name} run without a login`
			: `off: services of ${facts.user.name} end with the last logout`;
		return {mark: marked(facts.linux.lingering), label: 'Lingering', value};
	}
	const has = loadedIn(facts.mac.agents).map((domain) => domainTarget(domain, facts.user.uid));
	const wanted = installation.is === 'there' ? installation.settings.domain : 'gui';
	const isThere = wanted !== 'gui' || facts.mac.screen.session === 'there';
	const nobody = isThere ? '' : `, and ${facts.user.name} has no session at the screen`;
	const value =
		has.length > 0 ? has.join(' and ') : `none: it belongs to ${wanted}/${facts.user.uid}${nobody}`;
	return {mark: marked(has.length === 1), label: 'Domain', value};
};

const outlook = ({persistence, service, facts}: Status): readonly Row[] => {
	const {startsAtBoot, survivesLogout} = persistence;
	const login = facts.platform === 'linux' ? 'only when you log in' : 'only when you log in at the screen';
	const no = service.enabled && !service.masked ? `no: ${login}` : 'no: it does not start by itself';
	return [
		{mark: marked(startsAtBoot), label: 'Starts at boot', value: startsAtBoot ? 'yes' : no},
		{mark: marked(survivesLogout), label: 'Survives logout', value: survivesLogout ? 'yes' : 'no'},
	];
};

const installed = ({installation, facts}: Status): Row => {
	const file =
		installation.is === 'there'
			? (facts.serviceFiles.find((path) => installation.existing.files.has(path)) ?? '')
			: '';
	if (installation.is === 'unreadable') {
		const {what, why} = installation.complaint;
		return {mark: '✖', label: 'Installed', value: why === undefined ? what : `${what} ${why}`};
	}
	return file === ''
		? {mark: '✖', label: 'Installed', value: 'the file of the service is not there'}
		: {mark: '✔', label: 'Installed', value: shortPath(file, facts.user.home)};
};

/** What was seen of the service itself, a fact a row. */
export const statusRows = (status: Status): readonly Row[] => [
	installed(status),
	enabled(status),
	loaded(status),
	running(status),
	...trouble(status),
	...page(status),
	...numbers(status),
	place(status),
	...outlook(status),
];
