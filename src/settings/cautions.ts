import {isLoopback} from './hosts.ts';
import type {Settings} from './options.ts';
import type {Warning} from './warning.ts';

type Caution = (settings: Settings) => readonly Warning[];

const exposure: Caution = ({hostname, port}) =>
	isLoopback(hostname)
		? []
		: [
				{
					code: 'reachable-by-others',
					option: 'hostname',
					sentence: `Vira has no login: whoever reaches ${hostname} port ${port} can run code as you.`,
					mend: ['Use localhost, and a proxy with a login before it.'],
				},
			];

const cautions: readonly Caution[] = [exposure];

/** What follows from legal values, as far as the values themselves tell: for the form while somebody types. */
export const cautionsOn = (settings: Settings): readonly Warning[] =>
	cautions.flatMap((caution) => caution(settings));
