import type {Rule} from './rules.ts';

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
const leftRunning = 'stopping the service could leave Vira or its builds running. Remove it.';

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
		why: leftRunning,
	},
	SendSIGKILL: {values: no, shown: ['SendSIGKILL=no'], why: leftRunning},
	FinalKillSignal: {values: /^(?!(?:SIG)?KILL$|9$)./u, shown: ['FinalKillSignal'], why: leftRunning},
	WatchdogSec: {
		// 0, in any unit of time, and infinity turn it off.
		values: /[1-9]/u,
		shown: ['WatchdogSec=30'],
		why: 'Vira does not notify systemd, so systemd would kill it each time this interval ends. Remove it.',
	},
};

export const tracksProcess: Rule = ({serviceConfig}) =>
	Object.entries(losingTrack).flatMap(([name, {values, why}]) =>
		values.test(serviceConfig[name]?.trim() ?? '')
			? [{option: 'serviceConfig', item: name, message: `${name}: ${why}`} as const]
			: [],
	);
