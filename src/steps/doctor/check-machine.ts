import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import type {Advice} from '../advice.ts';
import {managerOf} from '../managers.ts';
import {fine, trouble, warning, type CheckResult} from './check-result.ts';

/** What the settings have decided is no choice any more. */
const isDecided = (advice: Advice, settings: Settings | undefined): boolean =>
	settings !== undefined && advice.level === 'choice' && advice.option !== 'linger';

const resultOf = (advice: Advice, settings: Settings | undefined): CheckResult => {
	const {code, title} = advice;
	if (advice.level === 'fine') return fine(code, title);
	const {detail, fixes} = advice;
	const bySetup = advice.level === 'choice' && settings?.linger === true;
	const rest = {detail: detail || undefined, fixes, bySetup};
	return bySetup ? trouble(code, title, rest) : warning(code, title, rest);
};

const pointless: readonly string[] = ['no-systemd', 'root'];

/** What the machine is, and whether Vira can be looked after on it. */
export const checkMachine = (
	facts: Facts,
	settings: Settings | undefined,
	advice: readonly Advice[],
): readonly CheckResult[] => {
	const {refusals, diagnose, byHand} = managerOf(facts);
	const told = diagnose(settings)?.code;
	// It is about a machine, and a person, that Vira can be set up for.
	const isPointless = refusals.some(({code}) => pointless.includes(code));
	return [
		...refusals
			.filter(({code}) => code !== told)
			.map(({code, title, detail, fixes}) =>
				trouble(code, title, {
					detail: detail || undefined,
					fixes,
					bySetup: code === 'masked' && byHand.unmask.length > 0,
				}),
			),
		...(isPointless ? [] : advice)
			.filter((one) => one.code !== told && !isDecided(one, settings))
			.map((one) => resultOf(one, settings)),
	];
};
