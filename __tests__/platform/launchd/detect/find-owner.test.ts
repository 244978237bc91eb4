import {expect, test} from '@jest/globals';
import type {AgentOwner} from '../../../../src/platform/launchd/facts.ts';
import {findOwner} from '../../../../src/platform/launchd/detect/find-owner.ts';
import type {GivenMac} from '../../../../src/simulator/macos/fresh-mac.ts';
import {agentPath, agentText, daemonPath, label, simulateMac} from '../../../support/simulated-mac.ts';

const file = `${label}.plist`;
const everybodysPath = `/Library/LaunchAgents/${file}`;
const current = '/Users/alice/.local/state/home-manager/gcroots/current-home';
const older = '/nix/var/nix/gcroots/per-user/alice/current-home';
const profile = '/Users/alice/.local/state/nix/profiles/home-manager';
const [withAgent, without] = ['/nix/store/1-home-manager-generation', '/nix/store/2-home-manager-generation'];
const homeFiles = '/nix/store/3-home-manager-generation';
const darwin = '/nix/store/4-darwin-system';

/** Generations of Home Manager: 1 has the agent, 2 no longer has it, 3 has it in the files of the home folder. */
const inStore = {
	[`${withAgent}/LaunchAgents/${file}`]: agentText(),
	[`${withAgent}/LaunchAgentDomains/${label}.domain`]: 'gui\n',
	[`${without}/activate`]: '',
	[`${homeFiles}/home-files/Library/LaunchAgents/${file}`]: agentText(),
	'/nix/store/5-vira.plist': agentText(),
};

interface Given {
	readonly links?: Readonly<Record<string, string>>;
	/** By path; agents of others are copied with mode 0444. */
	readonly files?: Readonly<Record<string, string>>;
	readonly storeIsAway?: boolean;
	readonly environment?: GivenMac['environment'];
}

const ownerOn = async ({links = {}, files = {}, storeIsAway = false, environment = {}}: Given) => {
	const machine = await simulateMac({links: {...links}, environment});
	for (const [path, text] of Object.entries({...inStore, ...files}))
		await machine.events.put(path, text, 0o444);
	if (storeIsAway) await machine.events.unmountNix();
	return findOwner(machine, agentPath);
};

const copied = {[agentPath]: agentText()};
const changed = {[agentPath]: agentText({ThrottleInterval: 30})};

test.each<readonly [string, Given, path?: string, target?: string]>([
	['as a copy', {links: {[current]: withAgent}, files: copied}],
	[
		'as a copy that was changed by hand: the next switch replaces it',
		{links: {[current]: withAgent}, files: changed},
	],
	[
		'as a link of the older versions of an agent',
		{links: {[current]: withAgent, [agentPath]: `${withAgent}/LaunchAgents/${file}`}},
		agentPath,
		`${withAgent}/LaunchAgents/${file}`,
	],
	[
		'as a link among the files of the home folder',
		{links: {[current]: homeFiles, [agentPath]: `${homeFiles}/home-files/Library/LaunchAgents/${file}`}},
		agentPath,
		`${homeFiles}/home-files/Library/LaunchAgents/${file}`,
	],
	[
		'and its file was deleted: the next switch restores it',
		{links: {[current]: withAgent}},
		`${current}/LaunchAgents/${file}`,
	],
	[
		'in the files of the home folder, and its link was deleted',
		{links: {[current]: homeFiles}},
		`${current}/home-files/Library/LaunchAgents/${file}`,
	],
	['kept by a Home Manager from before 2023', {links: {[older]: withAgent}, files: copied}],
	[
		'kept only by its profile',
		{links: {[profile]: 'home-manager-7-link', [`${profile}-7-link`]: withAgent}, files: copied},
	],
	[
		'kept below XDG_STATE_HOME',
		{
			links: {'/Users/alice/state/home-manager/gcroots/current-home': withAgent},
			environment: {XDG_STATE_HOME: '/Users/alice/state'},
		},
		`/Users/alice/state/home-manager/gcroots/current-home/LaunchAgents/${file}`,
	],
])('Home Manager has the agent %s', async (_, given, path = agentPath, target) => {
	const owner = await ownerOn(given);
	expect(owner).toMatchObject({by: 'home-manager', path, target});
	expect(Object.keys(given.links ?? {})).toContain(owner?.generation);
});

const link = (target: string): AgentOwner => ({by: 'link', path: agentPath, target});
const unseen = (target: string | undefined): AgentOwner => ({by: 'unseen', path: agentPath, target});

test.each<readonly [string, Given, AgentOwner | undefined]>([
	['nothing at all', {}, undefined],
	['a Home Manager without the agent', {links: {[current]: without}}, undefined],
	['files left by a removed Home Manager', {links: {[current]: without}, files: changed}, undefined],
	['a copy as Home Manager creates them, after its removal', {files: copied}, undefined],
	[
		'an older generation of Home Manager, still kept',
		{links: {[current]: without, [profile]: withAgent}, files: copied},
		undefined,
	],
	[
		'a generation that was garbage-collected',
		{links: {[current]: '/nix/store/6-gone'}, files: copied},
		undefined,
	],
	[
		'a link into the store that Home Manager does not know',
		{links: {[current]: without, [agentPath]: '/nix/store/5-vira.plist'}},
		link('/nix/store/5-vira.plist'),
	],
	[
		'a link into the store that leads nowhere now',
		{links: {[agentPath]: '/nix/store/6-gone/x.plist'}},
		link('/nix/store/6-gone/x.plist'),
	],
	[
		'a link to another place',
		{links: {[agentPath]: '/Users/alice/dotfiles/vira.plist'}},
		link('/Users/alice/dotfiles/vira.plist'),
	],
	['a plist of unknown origin', {files: changed}, undefined],
])('%s is not managed by Home Manager', async (_, given, owner) => {
	expect(await ownerOn(given)).toEqual(owner);
});

test.each<readonly [string, Given, AgentOwner | undefined]>([
	['a copy of mode 0444', {links: {[current]: withAgent}, files: copied}, unseen(undefined)],
	[
		'a link into the store',
		{links: {[agentPath]: '/nix/store/5-vira.plist'}},
		unseen('/nix/store/5-vira.plist'),
	],
	['a copy of mode 0444 without Home Manager', {files: copied}, undefined],
])('while the Nix store is not mounted, %s', async (_, given, owner) => {
	expect(await ownerOn({...given, storeIsAway: true})).toEqual(owner);
});

test('while the Nix store is not mounted, a file with our own mode is ours even if Home Manager is present', async () => {
	const machine = await simulateMac({links: {[current]: withAgent}});
	await machine.events.put(agentPath, agentText(), 0o644);
	await machine.events.unmountNix();
	expect(await findOwner(machine, agentPath)).toBeUndefined();
});

const system = {'/run/current-system': darwin};
const agentOfDarwin = {[`${darwin}/user/Library/LaunchAgents/${file}`]: agentText()};
const everybodysOfDarwin = {[`${darwin}/Library/LaunchAgents/${file}`]: agentText()};
const daemonOfDarwin = {[`${darwin}/Library/LaunchDaemons/${file}`]: agentText()};
const asAlice = {[daemonPath]: agentText({UserName: 'alice'})};

test.each<readonly [string, Given, string | undefined, string | undefined]>([
	[
		'an agent of nix-darwin for its primary user',
		{links: system, files: {...agentOfDarwin, ...copied}},
		'nix-darwin',
		agentPath,
	],
	[
		'our agent, while nix-darwin has one for another user',
		{links: system, files: {...agentOfDarwin, ...changed}},
		undefined,
		undefined,
	],
	[
		'an agent of nix-darwin for all users',
		{links: system, files: {...everybodysOfDarwin, [everybodysPath]: agentText()}},
		'nix-darwin',
		everybodysPath,
	],
	[
		'a daemon of nix-darwin',
		{links: system, files: {...daemonOfDarwin, [daemonPath]: agentText()}},
		'nix-darwin',
		daemonPath,
	],
	[
		'a daemon of nix-darwin that runs as this user',
		{links: system, files: {...daemonOfDarwin, ...asAlice}},
		'nix-darwin',
		daemonPath,
	],
	['any other daemon that runs as this user', {links: system, files: asAlice}, undefined, undefined],
	[
		'an agent for all users that a removed nix-darwin left',
		{files: {[everybodysPath]: agentText()}},
		'system-agent',
		everybodysPath,
	],
	[
		'a daemon of unknown origin',
		{links: system, files: {[daemonPath]: agentText()}},
		'system-unit',
		daemonPath,
	],
	[
		'a copy that nix-darwin no longer manages',
		{links: system, files: {[`${darwin}/activate`]: '', ...copied}},
		undefined,
		undefined,
	],
])('%s', async (_, given, by, path) => {
	const owner = await ownerOn(given);
	expect([owner?.by, owner?.path]).toEqual([by, path]);
});

test('a folder that cannot be read hides only its own contents', async () => {
	const machine = await simulateMac({unreadable: ['/Users/alice/.local/state/home-manager']});
	await machine.events.put('/Users/alice/.local/state/home-manager/x', '');
	expect(await findOwner(machine, agentPath)).toBeUndefined();
});
