import {shellWord} from '../platform/command-text.ts';
import {differences} from '../settings/flags.ts';
import type {Settings} from '../settings/options.ts';
import {maskText} from '../settings/secret-looks.ts';
import {maskItem, masker} from '../settings/secrets.ts';

/** A command that gives certain settings without a question. */
export interface EquivalentCommand {
	/** For a shell to read: `"${SECRET_…:?}"` stands for each secret, and the shell refuses to go on without it. */
	readonly text: string;
	/** The variables that have to hold the secrets, in the order in which they stand in it. */
	readonly secrets: readonly string[];
}

/** SECRET_API_TOKEN for `API_TOKEN=…`, and for a repository `vira=…` SECRET_VIRA. */
const variableFor = (word: string, taken: readonly string[]): string => {
	const divide = word.indexOf('=');
	const name = divide < 0 ? '' : word.slice(0, divide);
	const base = `SECRET_${name.replaceAll(/\W+/gu, '_').toUpperCase() || 'VALUE'}`;
	if (!taken.includes(base)) return base;
	const next = taken.filter((one) => one === base || one.startsWith(`${base}_`)).length + 1;
	return `${base}_${next}`;
};

/** Quotes a word, and puts a variable in the place of each secret in it. */
const withoutSecrets = (word: string, masked: string, taken: string[]): string => {
	if (word === masked) return shellWord(word);
	const parts = masked.split(maskText);
	return parts
		.flatMap((part, index) => {
			const quoted = part === '' ? [] : [shellWord(part)];
			if (index === 0) return quoted;
			const variable = variableFor(word, taken);
			taken.push(variable);
			return [`"\${${variable}:?}"`, ...quoted];
		})
		.join('');
};

/**
 * The command that gives these settings where nothing is saved: what differs from the defaults. `run` are flags of the
 * run that go with it.
 */
export const equivalentCommand = (
	settings: Settings,
	defaults: Settings,
	run: readonly string[] = [],
): EquivalentCommand => {
	const mask = masker(settings);
	const secrets: string[] = [];
	const words = differences(defaults, settings).flatMap(({option, flag, text}) =>
		text === undefined ? [flag] : [flag, withoutSecrets(text, maskItem(option, text, mask), secrets)],
	);
	return {
		text: ['vira-setup', '--non-interactive', ...run.map(shellWord), ...words].join(' '),
		secrets,
	};
};
