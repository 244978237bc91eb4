import type {LinuxMachine, OtherOwner} from '../../platform/facts.ts';
import {
	asRoot,
	cannotRun,
	viraFound,
	type Advice,
	type Choice,
	type Fine,
	type Refusal,
	type Warned,
} from '../advice.ts';
import {commandText} from '../../platform/command-text.ts';
import {lingerText} from '../../platform/linux/linger-file.ts';
import {declaredLinger} from './declared-linger.ts';
import {leftRunning, neverStarted} from './diagnose.ts';
import {logindSilence, wakeLogind} from './logind.ts';
import {managerSilent} from './manager-silent.ts';
import {masked} from './masks.ts';
import {accountRefused, admitted} from './refused-account.ts';

const withoutSystemd = ({linux}: LinuxMachine): Refusal => {
	const place = linux.wsl
		? 'WSL'
		: linux.container === undefined
			? 'This machine'
			: `This container (${linux.container})`;
	return {
		level: 'refusal',
		code: 'no-systemd',
		title: `${place} does not run systemd.`,
		detail: 'Vira is set up as a systemd user service: there is nothing here that could start it at boot.',
		fixes: linux.wsl
			? ['Add to /etc/wsl.conf, then run wsl --shutdown in Windows:', '[boot]', 'systemd=true']
			: ['Run vira-setup on a machine whose first process (PID 1) is systemd.'],
	};
};

const managedElsewhere = ({path, target, by}: OtherOwner): Refusal => {
	const owner = {
		'home-manager': {
			who: 'Home Manager',
			fixes:
				'Set services.vira.enable = false in your Home Manager configuration and switch to it; then start vira-setup again.',
		},
		link: {
			who: 'somebody else',
			fixes: `Remove the link if it is not needed any more: ${commandText(['rm', path])}`,
		},
		'other-unit': {
			who: 'somebody else',
			fixes: `Remove that unit first, if it is not needed any more: ${path}`,
		},
		'system-unit': {
			who: 'the system',
			fixes: 'Remove the system unit first; two services would fight over one port.',
		},
	}[by];
	return {
		level: 'refusal',
		code: 'managed-elsewhere',
		title: `A service named vira.service is managed by ${owner.who}.`,
		detail:
			target === undefined || target === path ? `Its file is ${path}.` : `${path} is a link to ${target}.`,
		fixes: [owner.fixes],
	};
};

const refused = ({user}: LinuxMachine): Refusal => ({
	level: 'refusal',
	code: 'account-refused',
	title: accountRefused(user),
	detail: '',
	fixes: admitted(user),
});

/** Without lingering, a login or this run may still start it. */
const withoutManager = (facts: LinuxMachine): readonly Refusal[] => {
	const {user, linux, unusable} = facts;
	if (unusable) return [cannotRun(unusable)];
	if (linux.userManager.answers || !linux.lingering || user.uid === 0) return [];
	return [linux.userManager.refused ? refused(facts) : managerSilent(facts)];
};

/** Another process would find the port and the state taken, and a start that is never over is not waited for. */
const inTheWay = (facts: LinuxMachine): readonly Refusal[] => {
	const found = leftRunning(facts) ?? (facts.service.needsReload ? undefined : neverStarted(facts));
	if (!found) return [];
	const {code, title, detail, fixes} = found;
	return [{level: 'refusal', code, title, detail, fixes}];
};

/** What keeps us from setting anything up here, all of it at once. */
export const refusalsOf = (facts: LinuxMachine): readonly Refusal[] => {
	const {linux, user, managedBy, service} = facts;
	if (linux.systemd === false) return [withoutSystemd(facts), ...(user.uid === 0 ? [asRoot(facts)] : [])];
	return [
		...(user.uid === 0 ? [asRoot(facts)] : []),
		...(managedBy && !service.masked ? [managedElsewhere(managedBy)] : []),
		...(service.masked ? [masked(facts)] : []),
		...inTheWay(facts),
		...withoutManager(facts),
	];
};

const lingering = ({user, linux, systemName}: LinuxMachine): Fine | Choice | Warned => {
	if (linux.lingering)
		return {
			level: 'fine',
			code: 'lingering',
			title: `Lingering is on: services of ${user.name} run without a login`,
		};
	if (linux.logindSilent)
		return {
			level: 'warning',
			code: 'logind-silent',
			title: `Lingering is off for ${user.name}, and cannot be turned on now.`,
			detail: logindSilence,
			fixes: [wakeLogind],
		};
	const permanently = declaredLinger(user);
	return {
		level: 'choice',
		code: 'lingering',
		option: 'linger',
		title: `Lingering is off for ${user.name}: the service would stop when you log out, and not start at boot.`,
		answers: [
			{
				value: true,
				label: linux.nixos ? 'Turn it on for now' : 'Turn it on',
				detail: `runs: ${lingerText('enable', user)}`,
			},
			{
				value: false,
				label: 'Leave it off',
				detail: linux.nixos ? 'and set it in the configuration' : 'the service runs while you are logged in',
			},
		],
		detail: linux.nixos
			? `${systemName} takes lingering from its configuration: add ${permanently} there to keep it.`
			: 'Lingering lets your services run without a login. It can be turned off again at any time.',
		fixes: linux.nixos ? [permanently] : [lingerText('enable', user)],
	};
};

/** What a person meets on the first screen of a machine that can do it. */
export const adviceOn = (facts: LinuxMachine): readonly Advice[] => {
	const {linux, systemName} = facts;
	const absent = linux.lingering ? 'not responding' : 'not started yet';
	const manager = `user manager ${linux.userManager.answers ? 'running' : absent}`;
	const version = linux.systemd === undefined ? '(version unknown)' : String(linux.systemd);
	return [
		{level: 'fine', code: 'system', title: `${systemName}, systemd ${version}, ${manager}`},
		viraFound(facts),
		lingering(facts),
	];
};
