import type {RunResult} from '../../system.ts';
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
	/** As it was typed, for messages about what the simulation does not know. */
	readonly command: readonly string[];
	readonly verb: string;
	/** The words after the verb. */
	readonly words: readonly string[];
	/** After this time the caller gives up. */
	readonly timeoutMs: number | undefined;
}

export type Verb = (call: Call) => RunResult | Promise<RunResult>;

/** A failure that a test asked for; what the verb would do is not done then. */
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

/** What a verb is about, once it may come to it. */
export interface Reached<T> {
	readonly target: T;
}

/** Comes to a domain, or answers why not. `name`: what the call is about, where the domain is not. */
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

/** Comes to a service's place in a domain, loaded or not. */
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

/** Words without the flags that a verb knows. */
export const withoutFlags = ({words, command}: Call, known: readonly string[]): readonly string[] => {
	const unknown = words.find((word) => word.startsWith('-') && !known.includes(word));
	if (unknown !== undefined) throw unknownCommand(command);
	return words.filter((word) => !word.startsWith('-'));
};

const stepMs = 50;

/** So long a call may keep its caller waiting who gave it no time limit. */
const patienceMs = 600_000;

/** Lets time pass until something is so; false where the caller's time was up before. */
export const waitUntil = async ({machine, timeoutMs}: Call, isSo: () => boolean): Promise<boolean> => {
	const end = machine.state.clock + (timeoutMs ?? patienceMs);
	while (!isSo()) {
		if (machine.state.clock >= end) return false;
		await advance(machine, stepMs);
	}
	return true;
};
