import type {OptionName, Settings} from './options.ts';

/** What is wrong with a set of values, at the option where it can be mended. */
export interface Problem {
	readonly option: OptionName;
	/** A sentence that says how to mend it. */
	readonly sentence: string;
}

type Rule = (settings: Settings) => readonly Problem[];

const certificateNeedsItsKey: Rule = ({tlsCert, tlsKey}) => {
	if (tlsCert !== undefined && tlsKey === undefined)
		return [{option: 'tlsKey', sentence: 'Give the key of the certificate too, or neither.'}];
	if (tlsKey !== undefined && tlsCert === undefined)
		return [{option: 'tlsCert', sentence: 'Give the certificate of the key too, or neither.'}];
	return [];
};

const certificateNeedsHttps: Rule = ({https, tlsCert, tlsKey}) =>
	!https && (tlsCert !== undefined || tlsKey !== undefined)
		? [{option: 'https', sentence: 'Turn HTTPS on to use a certificate, or give none.'}]
		: [];

const viraIsNeeded: Rule = (settings) =>
	settings.package === ''
		? [{option: 'package', sentence: 'No Vira was found on this machine: give the path of one.'}]
		: [];

const rules: readonly Rule[] = [certificateNeedsItsKey, certificateNeedsHttps, viraIsNeeded];

/** Everything that several values together get wrong. */
export const problemsOf = (settings: Settings): readonly Problem[] => rules.flatMap((rule) => rule(settings));
