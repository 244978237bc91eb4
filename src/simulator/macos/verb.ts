import type {RunResult} from '../../platform/system.ts';
import type {Machine} from '../machine.ts';
import {failed, said} from '../result.ts';
import {advance} from '../time.ts';
import {unknownCommand} from '../words.ts';
import {hint} from './bootstrap.ts';
import {numbered} from './launchd-errors.ts';
import {macOf, serviceId, serviceOf, type Caller} from './mac.ts';
import type {LaunchedService} from './mac-state.ts';
import {readTarget, whyNoDomain, type Manner, type ServiceTarget, type Target} from './target.ts';

/** One call of launchctl. */
export interface Call {
	readonly machine: Machine;
	readonly caller: Caller;
	/** As it was typed, for messages about commands that the simulation does not support. */
	readonly command: readonly string[];
	readonly verb: string;
	/** The words after the verb. */
	readonly words: readonly string[];
	/** The caller's time limit. */
	readonly timeoutMs: number | undefined;
}

export type Verb = (call: Call) => RunResult | Promise<RunResult>;

/** A failure that a test asked for: the command then does nothing. */
const askedFailure = (
	{machine, verb, caller}: Call,
	name: string,
	{begins}: Manner,
): RunResult | undefined => {
	const {behaviours} = macOf(machine);
	const {failNext = {}, failAlways = {}} = behaviours[name] ?? {};
	const [next, ...later] = failNext[verb] ?? [];
	const code = next ?? failAlways[verb];
	if (next !== undefined) behaviours[name] = {...behaviours[name], failNext: {...failNext, [verb]: later}};
	if (code === undefined) return undefined;
	if (code === 0) return said('');
	const second = code === 5 && caller.euid !== 0 ? `\n${hint}` : '';
	return failed(`${begins}: ${numbered(code)}${second}`, code);
};

/** The target of a command that can be reached. */
export interface Reached<T> {
	readonly target: T;
}

/** Reaches a domain, or returns the error. `name`: the target of the call, if it is not the domain. */
export const reachDomain = (
	call: Call,
	{text, name}: {readonly text: string | undefined; readonly name?: string},
	manner: Manner,
): Reached<Target> | RunResult => {
	const mac = macOf(call.machine);
	const target = readTarget(text ?? '');
	if (!target) throw unknownCommand(call.command);
	const why =
		whyNoDomain({mac, caller: call.caller}, target.domain, manner) ??
		askedFailure(call, name ?? target.label ?? target.domain, manner);
	return why ?? {target};
};

/** Reaches a service in a domain, loaded or not. */
export const reachService = (
	call: Call,
	text: string | undefined,
	manner: Manner,
): Reached<ServiceTarget> | RunResult => {
	const {label} = readTarget(text ?? '') ?? {};
	if (label === undefined) throw unknownCommand(call.command);
	const reached = reachDomain(call, {text}, manner);
	return 'target' in reached ? {target: {...reached.target, label}} : reached;
};

export const loadedAt = ({machine}: Call, {domain, label}: ServiceTarget): LaunchedService | undefined =>
	serviceOf(machine, serviceId(domain, label));

/** The arguments without the known flags. */
export const withoutFlags = ({words, command}: Call, known: readonly string[]): readonly string[] => {
	const unknown = words.find((word) => word.startsWith('-') && !known.includes(word));
	if (unknown !== undefined) throw unknownCommand(command);
	return words.filter((word) => !word.startsWith('-'));
};

const stepMs = 50;

/** The longest wait of a call without a time limit. */
const patienceMs = 600_000;

/** Lets time pass until the condition holds; false if the caller's time limit comes first. */
export const waitUntil = async ({machine, timeoutMs}: Call, isSo: () => boolean): Promise<boolean> => {
	const end = machine.state.clock + (timeoutMs ?? patienceMs);
	while (!isSo()) {
		if (machine.state.clock >= end) return false;
		await advance(machine, stepMs);
	}
	return true;
};
