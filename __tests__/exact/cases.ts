import fc from 'fast-check';
import {unitText} from '../../src/platform/systemd/unit/unit.ts';
import {serviceFrom, type Service} from '../../src/platform/service.ts';
import {expandHome} from '../../src/settings/value.ts';
import type {Platform} from '../../src/platform/facts.ts';
import type {Settings} from '../../src/settings/options.ts';
import {anyTyped, keepAccepted, keepPossible, type Kept} from '../support/any-settings.ts';
import {debian, settings as defaultsWith} from '../support/situation.ts';
import {extremes} from './extremes.ts';
import type {Unit} from './on-machine.ts';

/** Settings, and their service and unit. */
export interface Case {
	readonly settings: Settings;
	readonly service: Service;
	readonly unit: Unit;
}

const facts = debian();

const caseOf = (chosen: Settings, index: number): Case => {
	// The effect of the user's last line is visible in a process: the lines before it did not change it.
	const settings = {...chosen, serviceConfig: {...chosen.serviceConfig, UMask: '0027'}};
	const program = expandHome(settings.package, facts.user.home);
	const service = serviceFrom(settings, facts, program);
	return {settings, service, unit: {name: `vira-${index}.service`, program, text: unitText(service)}};
};

/** A process that gets nothing unusual. */
export const plainCase = caseOf(defaultsWith({package: '~/programs/vira'}), 0);

/** The extreme settings and the requested number of generated ones, without those that the platform refuses. */
export const settingsFrom = (seed: number, count: number, platform: Platform): readonly Kept[] => [
	...extremes.map((one) => keepPossible(one, platform)),
	...fc.sample(anyTyped, {seed, numRuns: count}).map((typed) => keepAccepted(typed, platform)),
];

/** Everything that is started, and the messages that refused the rest. */
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
