import type {Failure} from '../../errors.ts';
import {withExcerpt} from '../service-manager/excerpt.ts';
import type {System} from '../system.ts';
import {saidByVira} from '../vira/said-by-vira.ts';
import {readJournalExcerpt} from './journal-excerpt.ts';
import {saidBySystemd} from './said-by-systemd.ts';

/** A process that exits at once makes the start of its service fail: its last log lines show why. */
export const withStartLog = async (failure: Failure, system: System): Promise<Failure> => {
	const excerpt = await readJournalExcerpt(system);
	const cause = saidByVira(excerpt.lines) ?? saidBySystemd(excerpt.lines);
	return withExcerpt(
		{
			...failure,
			detail: [cause?.message, failure.detail].filter((one) => one !== undefined).join('\n'),
			reason: cause?.reason ?? 'not-startable',
			fixes: [...(cause?.fixes ?? []), ...(failure.fixes ?? [])],
		},
		excerpt,
	);
};
