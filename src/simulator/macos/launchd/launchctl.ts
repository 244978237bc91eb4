import type {Machine} from '../../machine.ts';
import {notFound, output, ranOutOfTime} from '../../result.ts';
import {advance} from '../../clock.ts';
import {commandNotFound} from '../../command-words.ts';
import {unmountNix} from './launchd-timers.ts';
import {macOf, uidOf, overrideOf, macosMajor} from '../mac.ts';
import {guiLogin, guiLogout} from '../mac-session.ts';
import {serviceSubcommands} from './service-subcommands.ts';
import {loadedAt, reachDomain, withoutFlags, type LaunchctlCall, type Subcommand} from './subcommand.ts';
import type {MacState, DomainTarget} from '../mac-state.ts';
import {serviceText, block} from './printed-service.ts';
import {notLoaded} from './target.ts';

const disabledLines = (mac: MacState, domain: DomainTarget): readonly string[] => {
	const [on, off] = macosMajor(mac) >= 13 ? ['enabled', 'disabled'] : ['false', 'true'];
	const labels = Object.keys(mac.overrides[String(uidOf(domain) ?? 'system')] ?? {});
	return block(
		'disabled services',
		labels.map((label) => `"${label}" => ${overrideOf(mac, domain, label) === 'disabled' ? off : on}`),
	);
};

/** The output of `launchctl print-disabled`: the same for both domains of a user. */
const disabledText = (mac: MacState, domain: DomainTarget): string =>
	[
		'',
		...disabledLines(mac, domain).map((line) => `\t${line}`),
		'',
		...(macosMajor(mac) >= 13 ? block('login item associations', []).map((line) => `\t${line}`) : []),
	].join('\n');
/** The first lines of `launchctl print` for a domain: only its existence is read. */
const domainText = (domain: DomainTarget): string =>
	block(domain, [`type = ${domain.split('/')[0] ?? ''}`]).join('\n');

const print: Subcommand = (call) => {
	const mac = macOf(call.machine);
	const [text, ...others] = withoutFlags(call, []);
	const reached = reachDomain(call, {text}, {begins: 'Could not print domain', looks: true});
	if (!('target' in reached)) return reached;
	if (others.length > 0) throw commandNotFound(call.command);
	const {domain, label} = reached.target;
	if (label === undefined) return output(domainText(domain));
	const service = loadedAt(call, {domain, label});
	return service ? output(serviceText(service, mac)) : notLoaded(mac, {domain, label}, true);
};

const printDisabled: Subcommand = (call) => {
	const [text, ...others] = withoutFlags(call, []);
	const reached = reachDomain(call, {text}, {begins: 'Could not print disabled services', looks: true});
	if (!('target' in reached)) return reached;
	if (reached.target.label !== undefined || others.length > 0) throw commandNotFound(call.command);
	return output(disabledText(macOf(call.machine), reached.target.domain));
};

const subcommands: Readonly<Record<string, Subcommand>> = {
	...serviceSubcommands,
	print,
	'print-disabled': printDisabled,
};

/** What a test injects just before a call. */
const injectFault = async (machine: Machine, subcommand: string): Promise<void> => {
	const mac = macOf(machine);
	const {faults = []} = mac;
	const due = faults.find(({before}) => before === subcommand);
	if (!due) return;
	mac.faults = faults.filter((one) => one !== due);
	const {name, sudoFrom = name} = machine.state.user;
	switch (due.happens) {
		case 'gui-login':
			return guiLogin(machine, sudoFrom);
		case 'gui-logout':
			return guiLogout(machine, sudoFrom);
		case 'nix-unmounts':
			unmountNix(machine);
			return;
		case 'launchctl-hangs':
			mac.launchctl = 'hangs';
	}
};

/** launchctl(1), with the pitfalls of macOS. */
export const launchctl = async (call: Omit<LaunchctlCall, 'subcommand' | 'words'>) => {
	const {machine, command, timeoutMs} = call;
	const [, subcommand = 'help', ...words] = command;
	const mac = macOf(machine);
	if (mac.launchctl === 'missing') return notFound;
	await injectFault(machine, subcommand);
	if (mac.launchctl === 'hangs') {
		if (timeoutMs === undefined)
			throw new Error(`${command.join(' ')}: hangs, and was run without a time limit`);
		await advance(machine, timeoutMs);
		return ranOutOfTime;
	}
	const run = subcommands[subcommand];
	if (!run) throw commandNotFound(command);
	return run({...call, subcommand, words});
};
