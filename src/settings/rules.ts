import type {Platform} from '../platform/facts.ts';
import {isInstallable} from './nix.ts';
import {macosRules} from './macos-rules.ts';
import type {Settings} from './options.ts';
import {bytesIn, bytesOfVariables, sumOf, type Problem, type Rule} from './problem.ts';

const when = (isWrong: boolean, problem: Problem): readonly Problem[] => (isWrong ? [problem] : []);

/** Without HTTPS no certificate is used; the given one is kept for later. */
const certificateNeedsItsKey: Rule = ({https, tlsCert, tlsKey}) => [
	...when(https && tlsCert !== undefined && tlsKey === undefined, {
		option: 'tlsKey',
		message: 'A certificate needs its key: set both, or neither.',
	}),
	...when(https && tlsKey !== undefined && tlsCert === undefined, {
		option: 'tlsCert',
		message: 'A certificate key needs its certificate: set both, or neither.',
	}),
];

export const neitherFound = 'Neither Vira nor Nix, which could build it, was found on this machine.';

const viraIsNeeded: Rule = (settings) =>
	when(settings.package === '', {option: 'package', message: `${neitherFound} Set the path of Vira.`});

/** A Nix package runs through our link, which has a plain name. systemd rejects special characters in an executable name; 257 drops a space at the end. */
const programHasPlainName: Rule = (settings) =>
	when(!isInstallable(settings.package) && /["'\\\u0000-\u001F\u007F]| $/u.test(settings.package), {
		option: 'package',
		message:
			'systemd cannot run a program whose path contains a quote, a backslash or a control character, or ends with a space. Use a link with a plain name.',
	});

const kibi = 1024;

/** A Nix package adds two folders with short names, below the person's own folder. */
const bytesOnPath = (folder: string): number => {
	if (isInstallable(folder)) return 800;
	return bytesIn(folder) + (folder.startsWith('~') ? 256 : 8);
};

/** A variable such as PATH has at most 128 KiB. The rest is for our own folders and for expanding `~`. */
const foldersFitOnPath: Rule = ({extraPackages}) =>
	when(sumOf(extraPackages.map(bytesOnPath)) > 96 * kibi, {
		option: 'extraPackages',
		message: 'Together, the folders are too long for PATH. Use fewer.',
	});

/** Linux gives a program 2 MiB (execve(2)). The rest is for arguments and for systemd's own variables. */
const variablesFitTogether: Rule = ({environment}) =>
	when(bytesOfVariables(environment) > 1536 * kibi, {
		option: 'environment',
		message:
			'Together, the variables must be smaller than 1.5 MiB: Linux limits what it passes to a program.',
	});

/** systemd compares each variable with all others: with 90 000 it takes a minute or gives up. */
const variablesAreFewEnough: Rule = ({environment}) =>
	when(Object.keys(environment).length > 10_000, {
		option: 'environment',
		message: 'There must be at most 10000 variables: systemd cannot handle many more.',
	});

/** environ(7): there is only one PATH, and a PATH that was set is used unchanged. */
const onePath: Rule = ({environment, extraPackages}) =>
	when(Object.hasOwn(environment, 'PATH') && extraPackages.length > 0, {
		option: 'environment',
		item: 'PATH',
		message: 'PATH would hide the extra packages. Add their bin folders to it, or remove it.',
	});

/** Settings of the other platform's service manager would be ignored silently. */
const nothingOfLinux: Rule = ({serviceConfig}) =>
	when(Object.keys(serviceConfig).length > 0, {
		option: 'serviceConfig',
		message: 'launchd does not support systemd settings. Remove them on a Mac.',
	});

const nothingOfMacos: Rule = ({domain}) =>
	when(domain !== 'gui', {
		option: 'domain',
		message: 'systemd has no domains. Remove this setting on Linux.',
	});

/** Values of a line of [Service] that are refused, with the reason. */
interface Refused {
	readonly values: RegExp;
	/** For the documentation. */
	readonly shown: readonly string[];
	readonly why: string;
}

/** systemd.syntax(7), "boolean arguments"; case does not matter. */
const yes = /^(?:1|y(?:es)?|t(?:rue)?|on)$/iu;
const no = /^(?:0|no?|f(?:alse)?|off)$/iu;

const waits =
	'systemd would wait for a signal that Vira never sends, and the start would never finish. Use exec or simple, or remove it.';
const unwatched =
	"systemd would not watch Vira's own process, and could not report whether it is running. Remove it.";
const couldBeLeft = 'stopping the service could leave Vira or its builds running. Remove it.';

/**
 * With these, the state that systemd reports is not that of Vira's process: systemd.service(5) for Type=,
 * RemainAfterExit=, GuessMainPID=, PIDFile=, ExitType= and WatchdogSec=, systemd.kill(5) for the rest. A watchdog kills a
 * healthy Vira.
 */
export const losingTrack: Readonly<Record<string, Refused>> = {
	Type: {
		values: /^(?:oneshot|forking|notify|notify-reload|dbus)$/u,
		shown: ['Type=oneshot', 'Type=forking', 'Type=notify', 'Type=notify-reload', 'Type=dbus'],
		why: waits,
	},
	RemainAfterExit: {
		values: yes,
		shown: ['RemainAfterExit=yes'],
		why: 'systemd would report the service as running after Vira has exited, and never restart it. Remove it.',
	},
	GuessMainPID: {values: no, shown: ['GuessMainPID=no'], why: unwatched},
	PIDFile: {values: /./u, shown: ['PIDFile'], why: unwatched},
	ExitType: {values: /^cgroup$/u, shown: ['ExitType=cgroup'], why: unwatched},
	KillMode: {
		values: /^(?:process|none)$/u,
		shown: ['KillMode=process', 'KillMode=none'],
		why: couldBeLeft,
	},
	SendSIGKILL: {values: no, shown: ['SendSIGKILL=no'], why: couldBeLeft},
	FinalKillSignal: {values: /^(?!(?:SIG)?KILL$|9$)./u, shown: ['FinalKillSignal'], why: couldBeLeft},
	WatchdogSec: {
		// 0, in any unit of time, and infinity turn it off.
		values: /[1-9]/u,
		shown: ['WatchdogSec=30'],
		why: 'Vira does not notify systemd, so systemd would kill it each time this interval ends. Remove it.',
	},
};

const tracksProcess: Rule = ({serviceConfig}) =>
	Object.entries(losingTrack).flatMap(([name, {values, why}]) =>
		values.test(serviceConfig[name]?.trim() ?? '')
			? [{option: 'serviceConfig', item: name, message: `${name}: ${why}`} as const]
			: [],
	);

const everywhere: readonly Rule[] = [onePath, certificateNeedsItsKey, viraIsNeeded, foldersFitOnPath];

const rules: Readonly<Partial<Record<Platform, readonly Rule[]>>> = {
	linux: [programHasPlainName, variablesFitTogether, variablesAreFewEnough, tracksProcess, nothingOfMacos],
	macos: [...macosRules, nothingOfLinux],
};

/** Problems of values that do not fit together, or that the platform's service manager does not accept. */
export const problemsOf = (settings: Settings, platform: Platform): readonly Problem[] =>
	[...everywhere, ...(rules[platform] ?? [])].flatMap((rule) => rule(settings));
