import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import type {Advice} from '../../platform/service-manager/advice.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {CheckResult} from './check-result.ts';

/** Choices that the settings have already made. */
const isDecided = (advice: Advice, settings: Settings | undefined): boolean =>
	settings !== undefined && advice.level === 'note' && advice.option !== 'linger';

const resultOf = (
	{level, code, message, detail, fixes}: Advice,
	settings: Settings | undefined,
): CheckResult => {
	if (level === 'ok') return {level, code, message};
	const bySetup = level === 'note' && settings?.linger === true;
	return {level: bySetup ? 'error' : 'warning', code, message, detail, fixes, bySetup};
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
			.map((one) => ({
				...one,
				level: 'error' as const,
				bySetup: one.code === 'masked' && byHand.unmask.length > 0,
			})),
		...(isPointless ? [] : advice)
			.filter((one) => one.code !== told && !isDecided(one, settings))
			.map((one) => resultOf(one, settings)),
	];
};
