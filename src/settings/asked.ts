import type {Platform} from '../platform/facts.ts';
import {optionNames, optionOf, type OptionName, type Settings} from './options.ts';

/** The options that apply on this platform with these settings, in order: used by every front end. */
export const askedOptions = (platform: Platform, settings: Settings): readonly OptionName[] =>
	optionNames.filter((name) => {
		const {on, needs} = optionOf(name);
		if (on !== undefined && on !== platform) return false;
		return needs === undefined || settings[needs.option as OptionName] === needs.is;
	});
