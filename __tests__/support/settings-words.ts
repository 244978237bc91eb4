import {differences} from '../../src/settings/flags.ts';
import {mapOptions, type Settings} from '../../src/settings/options.ts';

/** The arguments that give exactly these settings. */
export const settingsToWords = (settings: Settings): readonly string[] => {
	// NaN differs from every value, so every option is among the differences.
	const others = mapOptions(() => Number.NaN) as unknown as Settings;
	return differences(others, settings).flatMap(({flag, text}) =>
		text === undefined ? [flag] : [flag, text],
	);
};
