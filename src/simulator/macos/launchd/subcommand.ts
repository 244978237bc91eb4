import type {RunResult} from '../../../platform/system.ts';
import type {Machine} from '../../machine.ts';
import {failed, output} from '../../result.ts';
import {advance} from '../../clock.ts';
import {commandNotFound} from '../../command-words.ts';
import {rootHint} from './bootstrap.ts';
import {numbered, readTarget, whyNoDomain, type Manner, type ServiceTarget, type Target} from './target.ts';
import {macOf, serviceId, serviceOf, type Caller} from '../mac.ts';
import type {LaunchedService} from '../mac-state.ts';

/** One call of launchctl. */
export interface LaunchctlCall {
	readonly machine: Machine;
	readonly caller: Caller;
	/** As it was typed, for messages about commands that the simulation does not support. */
	readonly command: readonly string[];
	readonly subcommand: string;
	/** The words after the subcommand. */
	readonly words: readonly string[];
	/** The caller's time limit. */
	readonly timeoutMs: number | undefined;
}

export type Subcommand = (call: LaunchctlCall) => RunResult | Promise<RunResult>;

/** A failure that a test asked for: the command then does nothing. */
const askedFailure = (
	{machine, subcommand, caller}: LaunchctlCall,
	name: string,
	{begins}: Manner,
): RunResult | undefined => {
	const {behaviours} = macOf(machine);
	const {failNext = {}, failAlways = {}} = behaviours[name] ?? {};
	const [next, ...later] = failNext[subcommand] ?? [];
	const code = next ?? failAlways[subcommand];
	if (next !== undefined)
		behaviours[name] = {...behaviours[name], failNext: {...failNext, [subcommand]: later}};
	if (code === undefined) return undefined;
	if (code === 0) return output('');
	const second = code === 5 && caller.euid !== 0 ? `\n${rootHint}` : '';
	return failed(`${begins}: ${numbered(code)}${second}`, code);
};

/** The target of a command that can be reached. */
interface Reached<T> {
	readonly target: T;
}

/** Reaches a domain, or returns the error. `name`: the target of the call, if it is not the domain. */
export const reachDomain = (
	call: LaunchctlCall,
	{text, name}: {readonly text: string | undefined; readonly name?: string},
	manner: Manner,
): Reached<Target> | RunResult => {
	const mac = macOf(call.machine);
	const target = readTarget(text ?? '');
	if (!target) throw commandNotFound(call.command);
	const why =
		whyNoDomain({mac, caller: call.caller}, target.domain, manner) ??
		askedFailure(call, name ?? target.label ?? target.domain, manner);
	return why ?? {target};
};

/** Reaches a service in a domain, loaded or not. */
export const reachService = (
	call: LaunchctlCall,
	text: string | undefined,
	manner: Manner,
): Reached<ServiceTarget> | RunResult => {
	const {label} = readTarget(text ?? '') ?? {};
	if (label === undefined) throw commandNotFound(call.command);
	const reached = reachDomain(call, {text}, manner);
	return 'target' in reached ? {target: {...reached.target, label}} : reached;
};

export const loadedAt = (
	{machine}: LaunchctlCall,
	{domain, label}: ServiceTarget,
): LaunchedService | undefined => serviceOf(machine, serviceId(domain, label));

/** The arguments without the known flags. */
export const withoutFlags = (
	{words, command}: LaunchctlCall,
	known: readonly string[],
): readonly string[] => {
	const unknown = words.find((word) => word.startsWith('-') && !known.includes(word));
	if (unknown !== undefined) throw commandNotFound(command);
	return words.filter((word) => !word.startsWith('-'));
};

const stepMs = 50;

/** The longest wait of a call without a time limit. */
const patienceMs = 600_000;

/** Lets time pass until the condition holds; false if the caller's time limit comes first. */
export const waitUntil = async (
	{machine, timeoutMs}: LaunchctlCall,
	isSo: () => boolean,
): Promise<boolean> => {
	const end = machine.state.clock + (timeoutMs ?? patienceMs);
	while (!isSo()) {
		if (machine.state.clock >= end) return false;
		await advance(machine, stepMs);
	}
	return true;
};
