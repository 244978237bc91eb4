import type {Platform} from '../platform/facts.ts';
import {optionNames, optionOf, type OptionName, type Settings} from './options.ts';

/** The options that make sense here and now, in the order of the list: read by every front end. */
export const askedOptions = (platform: Platform, settings: Settings): readonly OptionName[] =>
	optionNames.filter((name) => {
		const {on, needs} = optionOf(name);
		if (on !== undefined && on !== platform) return false;
		return needs === undefined || settings[needs.option as OptionName] === needs.is;
	});
