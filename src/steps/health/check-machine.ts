import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import type {Advice} from '../../platform/service-manager/advice.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {fine, trouble, warning, type CheckResult} from './check-result.ts';

/** Choices that the settings have already made. */
const isDecided = (advice: Advice, settings: Settings | undefined): boolean =>
	settings !== undefined && advice.level === 'note' && advice.option !== 'linger';

const resultOf = (advice: Advice, settings: Settings | undefined): CheckResult => {
	const {code, message: title} = advice;
	if (advice.level === 'ok') return fine(code, title);
	const {detail, fixes} = advice;
	const bySetup = advice.level === 'note' && settings?.linger === true;
	const rest = {detail: detail || undefined, fixes, bySetup};
	return bySetup ? trouble(code, title, rest) : warning(code, title, rest);
};

const pointless: readonly string[] = ['no-systemd', 'root'];

/** Checks of the machine, and whether Vira can be managed on it. */
export const checkMachine = (
	facts: Facts,
	settings: Settings | undefined,
	advice: readonly Advice[],
): readonly CheckResult[] => {
	const {refusals, diagnose, byHand} = managerOf(facts);
	const told = diagnose(settings)?.code;
	// The advice applies only if Vira can be set up on this machine and for this person.
	const isPointless = refusals.some(({code}) => pointless.includes(code));
	return [
		...refusals
			.filter(({code}) => code !== told)
			.map(({code, message: title, detail, fixes}) =>
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
