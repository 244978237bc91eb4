import type {Settings} from '../../settings/options.ts';
import {maskNotice} from '../../notice.ts';
import {urlOf} from '../../platform/network/address.ts';
import type {Facts} from '../../platform/facts.ts';
import {cautionsOn, isEverywhere, isLoopback, type Warning} from '../../settings/warning.ts';
import {isEdited} from '../load/load.ts';
import {planSteps, type PlanStep} from './plan-steps.ts';
import type {Action} from '../../platform/actions/action.ts';
import {commandsByHand} from '../../platform/actions/kinds.ts';
import type {PlannedCommand} from '../../platform/actions/action-kind.ts';
import {interrupted} from '../health/installation.ts';
import {
	savedSettings,
	settingChanges,
	type PlannedSettings,
	type SettingChange,
	type PreviewFile,
	wholeChanges,
	inReadingOrder,
	previewFile,
} from './changes.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {isOurs} from '../../platform/installed/receipt.ts';
import type {Existing, Site, Situation} from '../../platform/installed/situation.ts';

/** A build of Vira or of an extra package. */
export interface BuildName {
	/** Absolute; undefined: unknown before it is built, or not built yet. */
	readonly storePath: string | undefined;
	/** As Vira reports it; absent: not Vira, or it does not. */
	readonly version?: string;
	readonly revision?: string;
	readonly schema?: number;
}

/** A build that is replaced by a newer one. */
export interface Update {
	readonly installable: string;
	/** Whether it is Vira itself. */
	readonly isVira: boolean;
	/** Whether a program was replaced where it is, by someone else. */
	readonly isInPlace?: true;
	readonly from: BuildName;
	readonly to: BuildName;
}

/** Everything that would happen, as data that any front end can draw. Secrets are masked. */
export interface Preview {
	/** Whether anything would change. */
	readonly changes: boolean;
	/** Whether Vira is set up for the first time. */
	readonly first: boolean;
	/** Empty if nothing is saved. */
	readonly changed: readonly SettingChange[];
	/** The builds that are replaced by newer ones; absent: none. */
	readonly updates?: readonly Update[];
	/** What interrupts the builds of a running Vira; undefined: nothing. */
	readonly interrupts: 'restart' | 'stop' | undefined;
	/** All of the plan in words. */
	readonly steps: readonly PlanStep[];
	readonly folders: readonly string[];
	readonly files: readonly PreviewFile[];
	/** What is moved, from and to. */
	readonly moves: readonly (readonly [from: string, to: string])[];
	readonly commands: readonly PlannedCommand[];
	readonly warnings: readonly Warning[];
	/** undefined: unknown. */
	readonly startsAtBoot: boolean | undefined;
	readonly survivesLogout: boolean;
	/** Whether a login starts it, if a boot does not. */
	readonly startsAtLogin?: boolean;
	/** The name of the account. */
	readonly runsAs: string;
	/** Who can reach the page. */
	readonly reachableFrom: string;
	/** Whether only this machine can reach the host name; absent: see isLoopback. */
	readonly isLocalHost?: boolean;
	readonly url: string;
	/** The URL of a Vira that is running already; undefined: none is. */
	readonly urlBefore: string | undefined;
}

/** Changes by the user or another program are shown and confirmed, never overwritten silently. */
const changedByHand = (actions: readonly Action[], {facts, existing}: Situation): readonly Warning[] => {
	const told: readonly string[] = [...facts.serviceFiles, filesOf(facts).initialState];
	return wholeChanges(actions)
		.filter(
			({path, before}) => told.includes(path) && before && !isOurs(existing.receipt, path, before.content),
		)
		.map(({path}) => ({
			code: 'changed-by-hand',
			message: `${path} was changed by hand or was not created by vira-setup. It would be replaced.`,
		}));
};

/** Drop-ins belong to the user; it is easy to forget that they override settings. */
const overridden = (facts: Facts): readonly Warning[] =>
	managerOf(facts).dropIns.map((path) => ({
		code: 'drop-in',
		message: `${path} is kept and can override these settings.`,
	}));

/** Only the first time: the machine does not announce an existing service. */
const announced = (actions: readonly Action[], {facts, existing}: Situation): readonly Warning[] => {
	const isNew =
		!existing.saved &&
		actions.some((action) => action.does === 'write-file' && facts.serviceFiles.includes(action.path)) &&
		facts.serviceFiles.every((path) => !existing.files.has(path));
	return isNew ? managerOf(facts).announcement : [];
};

/** The user decides: set up Vira again, or finish the removal. */
const unfinishedRemoval = ({receipt}: Existing): readonly Warning[] =>
	receipt?.removing
		? [
				{
					code: 'removal-unfinished',
					message: `${interrupted.removal} Vira would be set up again.`,
					fixes: [{say: 'To remove the rest instead:', command: 'vira-setup uninstall'}],
				},
			]
		: [];

const reach = ({hostname}: Settings, {isLocalHost = isLoopback(hostname)}: Site): string => {
	if (isLocalHost) return 'this machine only';
	return isEverywhere(hostname)
		? 'every machine that can reach this one'
		: `anyone who can reach ${hostname}`;
};

const reachOf = (settings: Settings, site: Site): Pick<Preview, 'reachableFrom' | 'isLocalHost'> => ({
	reachableFrom: reach(settings, site),
	...(site.isLocalHost !== undefined && {isLocalHost: site.isLocalHost}),
});

/** The settings alone do not show where a host name leads. */
const cautionsFor = (settings: Settings, {isLocalHost = false}: Site): readonly Warning[] =>
	cautionsOn(settings).filter(({code}) => !(isLocalHost && code === 'reachable-by-others'));

/** What happens to a process that is running. */
export const interruption = (actions: readonly Action[], facts: Facts): Preview['interrupts'] => {
	if (facts.service.active !== 'active') return undefined;
	const steps = actions.map(managerOf(facts).stepOf);
	if (steps.includes('start')) return 'restart';
	return steps.includes('stop') ? 'stop' : undefined;
};

/** What a plan would do, for people to read first. Pure. */
export const preview = (
	actions: readonly Action[],
	wanted: PlannedSettings,
	situation: Situation,
): Preview => {
	const {settings, mask} = wanted;
	const {facts, site} = situation;
	// Messages of other programs may quote a value.
	const masked = (warning: Warning): Warning => maskNotice(warning, mask);
	const {outlook} = managerOf(facts);
	const before = savedSettings(situation);
	const isRunning = facts.service.active === 'active';
	const {startsAtBoot, survivesLogout, startsAtLogin = false, warnings} = outlook(settings);
	return {
		changes: actions.length > 0,
		first: !situation.existing.saved,
		changed: settingChanges(wanted, before),
		interrupts: interruption(actions, facts),
		steps: planSteps(actions, facts),
		folders: actions.flatMap((action) => (action.does === 'make-folder' ? [action.path] : [])),
		files: inReadingOrder(wholeChanges(actions), facts).map((action) => previewFile(action, facts, mask)),
		moves: actions.flatMap((action) => (action.does === 'move' ? [[action.from, action.to] as const] : [])),
		commands: actions.flatMap(commandsByHand),
		warnings: [
			...site.warnings.map(masked),
			...unfinishedRemoval(situation.existing),
			...changedByHand(actions, situation),
			...(actions.length > 0 ? overridden(facts) : []),
			...cautionsFor(settings, site).map(masked),
			...warnings,
			...announced(actions, situation),
		],
		startsAtBoot,
		survivesLogout,
		startsAtLogin,
		runsAs: facts.user.name,
		...reachOf(settings, site),
		url: urlOf(settings),
		// What runs was not set up from an edited file.
		urlBefore: isRunning && before && !isEdited(facts, situation.existing) ? urlOf(before) : undefined,
	};
};
