import fc from 'fast-check';
import {unitText} from '../../src/platform/linux/unit.ts';
import {expandHome, serviceFrom, type Service} from '../../src/platform/service.ts';
import type {Platform} from '../../src/platform/facts.ts';
import type {Settings} from '../../src/settings/options.ts';
import {anyTyped, keepAccepted, keepPossible, type Kept} from '../support/any-settings.ts';
import {debian, settings as defaultsWith} from '../support/situation.ts';
import {extremes} from './extremes.ts';
import type {Unit} from './on-machine.ts';

/** Settings, and the service and the unit that they make. */
export interface Case {
	readonly settings: Settings;
	readonly service: Service;
	readonly unit: Unit;
}

const facts = debian();

const caseOf = (chosen: Settings, index: number): Case => {
	// The effect of the person's last line can be seen in a process: the lines before it left it alone.
	const settings = {...chosen, serviceConfig: {...chosen.serviceConfig, UMask: '0027'}};
	const program = expandHome(settings.package, facts.user.home);
	const service = serviceFrom(settings, facts, program);
	return {settings, service, unit: {name: `vira-${index}.service`, program, text: unitText(service)}};
};

/** A process that is given nothing out of the ordinary. */
export const plainCase = caseOf(defaultsWith({package: '~/programs/vira'}), 0);

/** The extreme settings and as many generated ones as are asked for, without what the platform refuses. */
export const settingsFrom = (seed: number, count: number, platform: Platform): readonly Kept[] => [
	...extremes.map((one) => keepPossible(one, platform)),
	...fc.sample(anyTyped, {seed, numRuns: count}).map((typed) => keepAccepted(typed, platform)),
];

/** All that is started, and the sentences that refused what is not. */
export interface Cases {
	readonly cases: readonly Case[];
	readonly refused: readonly string[];
}

export const casesFrom = (seed: number, count: number): Cases => {
	const kept = settingsFrom(seed, count, 'linux');
	return {
		cases: kept.map(({settings}, index) => caseOf(settings, index + 1)),
		refused: kept.flatMap(({refused}) => refused),
	};
};
