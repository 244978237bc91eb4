import type {Option} from './option.ts';
import {meantBy, type Parsed} from './value.ts';

type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that `nix eval --json` prints of Vira's module, and that are no settings: who starts it, and what it computed. */
export const keysOfTheModule = ['enable', 'outputs'];

/** A package in JSON is the path of what it puts out, or the attributes that name this path. */
const pathOf = (raw: unknown): unknown => (isObject(raw) && 'outPath' in raw ? raw['outPath'] : raw);

/** As Home Manager writes it into a unit (modules/systemd.nix, toSystemdIni). */
const textOf = (raw: unknown): unknown =>
	typeof raw === 'boolean' || Number.isSafeInteger(raw) ? String(raw) : raw;

const textsOf = (raw: Json): Parsed<unknown> => {
	const entries = Object.entries(raw).map(([name, value]) => [name, textOf(value)] as const);
	const lists = entries.filter(([, value]) => Array.isArray(value));
	const others = entries.filter(([, value]) => typeof value !== 'string' && !Array.isArray(value));
	const sentences = [
		...lists.map(
			([name]) =>
				`${name}: Give one text; several lines of one name belong in a drop-in (systemctl --user edit vira.service).`,
		),
		...others.map(([name]) => `${name}: Use a text.`),
	];
	return sentences.length === 0
		? {good: true, value: Object.fromEntries(entries)}
		: {good: false, problem: sentences.join(' ')};
};

/** Whether it is what `nix eval --json` prints of Vira's module, and not a file of ours. */
export const isOfTheModule = (document: Json): boolean => keysOfTheModule.some((key) => key in document);

/**
 * What a value that is nearly right stands for. The module takes any text, and who has it printed by Nix cannot correct
 * it there without another generation; what an earlier version has saved was right by its rules.
 */
export const corrected = (option: Option, raw: unknown): unknown =>
	option.kind === 'text' && typeof raw === 'string' && !option.shape.pattern.test(raw)
		? (meantBy(raw, option.shape) ?? raw)
		: raw;

/** A value of our file or of the module's JSON, in the form of our file. */
export const fromModule = (option: Option, raw: unknown): Parsed<unknown> => {
	if (option.kind === 'map' && isObject(raw)) return textsOf(raw);
	if (option.kind === 'list' && Array.isArray(raw)) return {good: true, value: raw.map(pathOf)};
	return {good: true, value: option.kind === 'map' ? raw : pathOf(raw)};
};
