import type {Machine} from '../machine.ts';
import {advance} from '../clock.ts';
import {loadPlist} from './launchd/bootstrap.ts';
import {firstAsid} from './fresh-mac.ts';
import {accountOf, macOf, macosMajor, serviceId, servicesIn} from './mac.ts';
import type {DomainTarget, MacState} from './mac-state.ts';
import {endService, forgetService} from './launchd/service-life.ts';

/** Loads the files in a folder, as at a login and at boot. Refused files are not reported. */
const loadFolder = async (machine: Machine, domain: DomainTarget, folder: string): Promise<void> => {
	for (const name of ((await machine.files.list(folder)) ?? []).toSorted()) {
		const path = `${folder}/${name}`;
		const found = await machine.files.inspect(path);
		if (!name.endsWith('.plist') || (found?.leadsTo !== undefined && found.leadsTo !== 'file')) continue;
		// Reported since macOS 14: a link is not followed here, though bootstrap follows it.
		if (found?.kind === 'link' && macosMajor(macOf(machine)) >= 14) continue;
		await loadPlist(machine, domain, path);
	}
};

export const loadDaemons = (machine: Machine): Promise<void> =>
	loadFolder(machine, 'system', '/Library/LaunchDaemons');

/** A login unlocks the disk first: with a password at the Mac's screen, or since macOS 26 over SSH. */
export const unlock = async (machine: Machine): Promise<void> => {
	const mac = macOf(machine);
	if (!mac.locked) return;
	mac.locked = false;
	await loadDaemons(machine);
};

export const addUserDomain = (mac: MacState, uid: number): void => {
	mac.domains = {[uid]: {gui: false, asid: 0, onDemandOnly: false}, ...mac.domains};
};

export const accountNamed = (mac: MacState, name: string) => {
	const account = accountOf(mac, name);
	if (!account || account.uid === 0) throw new Error(`${name} has no account on this Mac`);
	return account;
};

export const guiLogin = async (machine: Machine, name: string): Promise<void> => {
	await unlock(machine);
	const mac = macOf(machine);
	const {uid, home} = accountNamed(mac, name);
	addUserDomain(mac, uid);
	mac.console = uid;
	if (uid === machine.state.user.uid) mac.caller = {session: 'Aqua', viaSsh: false};
	const user = mac.domains[uid];
	if (!user || user.gui) return;
	mac.domains[uid] = {...user, gui: true, asid: firstAsid + Object.keys(mac.domains).length};
	await loadFolder(machine, `gui/${uid}`, `${home}/Library/LaunchAgents`);
};

/** How long a logout waits for processes. */
const logoutMs = 60_000;

const stepMs = 100;

const endAll = async (machine: Machine, domain: DomainTarget): Promise<void> => {
	const mac = macOf(machine);
	const ids = () => servicesIn(mac, domain).map(({label}) => serviceId(domain, label));
	for (const id of ids()) await endService(machine, id, 'remove');
	const end = machine.state.clock + logoutMs;
	while (ids().length > 0 && machine.state.clock < end) await advance(machine, stepMs);
	for (const id of ids()) forgetService(machine, id);
};

/** Every job of the session ends; the user's SSH sessions remain. */
export const guiLogout = async (machine: Machine, name: string): Promise<void> => {
	const mac = macOf(machine);
	const {uid} = accountNamed(mac, name);
	const user = mac.domains[uid];
	if (!user?.gui) return;
	await endAll(machine, `gui/${uid}`);
	mac.domains[uid] = {...user, gui: false, asid: 0};
	if (mac.console === uid) mac.console = 0;
	if (uid === machine.state.user.uid && mac.caller.session === 'Aqua')
		mac.caller = {session: 'Background', viaSsh: true};
};
