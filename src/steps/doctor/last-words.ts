import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import type {Diagnosed} from '../manager.ts';
import {managerOf} from '../managers.ts';
import {trouble, warning, type CheckResult} from './check-result.ts';

/** The end of the service's log, or what keeps it from being read. */
export interface LastWords {
	/** As they are in the log, oldest first: those since it was last started. */
	readonly lines: readonly string[];
	readonly unreadable: CheckResult | undefined;
}

export const readLastWords = async (system: System, facts: Facts): Promise<LastWords> => {
	const {lines, unreadable} = await managerOf(facts).readLog(system);
	if (!unreadable) return {lines, unreadable};
	const {what, why, next = []} = unreadable;
	return {lines, unreadable: warning('log-unreadable', what, {consequence: why, mend: next})};
};

type Meaning = Pick<Diagnosed, 'code' | 'title' | 'mend'> & {readonly said: RegExp; readonly bySetup?: true};

/** What Vira says in its own words before it ends, and systemd of it. */
const meanings: readonly Meaning[] = [
	{
		said: /already exists with different URL|Import failed/u,
		code: 'import-conflict',
		title: 'Vira has a repository of the same name with another URL, and does not start with it.',
		mend: ['vira-setup   keep that URL, or give the repository another name'],
	},
	{
		said: /schema[ -]?version|schema mismatch|--auto-reset-state/iu,
		code: 'schema-mismatch',
		title: 'The state is of another schema than this Vira reads, and it does not start on it.',
		mend: [
			'vira-setup --auto-reset-state   moves the old state aside, and shows that first',
			'Or use the Vira that has made it.',
		],
	},
	{
		said: /address already in use|\(Address already|EADDRINUSE|bind: resource busy/iu,
		code: 'port-taken',
		title: 'Another program has the port that Vira is to listen on.',
		mend: ['vira-setup   another port; or end that program'],
	},
	{
		said: /is locked|open\.lock|lock file/iu,
		code: 'lock-left',
		title: 'Something holds the lock of the state, or was killed and has left it behind.',
		mend: ['End every other Vira on this state folder, then: vira-setup start'],
	},
	{
		said: /Start request repeated too quickly/u,
		code: 'start-limit',
		title: 'Vira ended so often in a short time that systemd has given up.',
		mend: ['vira-setup start   tries again, once the reason is gone'],
		bySetup: true,
	},
];

const saidAt = ({said}: Meaning, lines: readonly string[]): number =>
	lines.findLastIndex((line) => said.test(line));

/** Why a service that does not run has ended, as far as its last words are understood: what was said last counts. */
export const understand = (lines: readonly string[]): CheckResult | undefined => {
	const [latest] = meanings
		.filter((meaning) => saidAt(meaning, lines) >= 0)
		.toSorted((one, other) => saidAt(other, lines) - saidAt(one, lines));
	return latest && trouble(latest.code, latest.title, {mend: latest.mend, bySetup: latest.bySetup ?? false});
};
