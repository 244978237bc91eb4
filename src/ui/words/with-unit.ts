import {optionOf, type OptionName} from '../../settings/options.ts';

/** A value as it is shown, with its unit if the option has one: `14 days`. */
export const withUnit = (name: OptionName, text: string): string => {
	const option = optionOf(name);
	const unit = option.kind === 'number' ? option.unit : undefined;
	if (unit === undefined || !/^\d+$/u.test(text)) return text;
	if (Number(text) === 0) return unit.zero;
	return `${text} ${Number(text) === 1 ? unit.one : unit.many}`;
};
