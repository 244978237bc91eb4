import {exitCode, SetupError} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import {flags} from '../../settings/flags.ts';
import type {Settings} from '../../settings/options.ts';
import type {Problem} from '../../settings/rules.ts';
import {masker} from '../../settings/secrets.ts';
import type {Advice} from '../../steps/advice.ts';
import type {Progress} from '../../steps/progress.ts';
import type {Proposal} from '../../steps/propose.ts';
import {conclusion} from '../conclusion.ts';
import {describeAction} from '../describe.ts';
import {printable} from '../printable.ts';
import type {Ui} from '../ui.ts';
import {documentOf} from './document.ts';
import {planText} from './plan-text.ts';

export interface ScriptedOptions {
	/** One line, to standard output. */
	readonly print: (line: string) => void;
	/** One line of progress, to standard error. */
	readonly report: (line: string) => void;
	readonly json: boolean;
	readonly overwrite: boolean;
}

const getVira = [
	'nix profile install --accept-flake-config github:juspay/vira',
	'or give the path of one: --package PATH',
];

const refuseProblems = (problems: readonly Problem[], settings: Settings): never => {
	if (settings.package === '') {
		throw new SetupError({
			what: 'No Vira was found on this machine.',
			next: getVira,
			code: exitCode.unsuitable,
		});
	}
	const labelled = problems.map(
		({option, sentence}) => `--${flags.find((flag) => flag.option === option)?.name ?? option}: ${sentence}`,
	);
	throw new SetupError({what: labelled.join('\n'), code: exitCode.usage});
};

/** A file that the person changed is theirs; without a word of theirs it stays. */
const refuseHandWork = ({preview}: Proposal): void => {
	const byHand = preview.warnings.filter(({code}) => code === 'changed-by-hand');
	if (byHand.length === 0) return;
	throw new SetupError({
		what: byHand.map(({sentence}) => sentence).join('\n'),
		next: ['vira-setup --dry-run      shows the difference.', 'vira-setup --overwrite    replaces it.'],
		code: exitCode.unsuitable,
	});
};

const refuseAdvice = (refusals: readonly Advice[]): never => {
	const told = refusals.filter((one) => one.level === 'refusal');
	const [first, ...others] = told;
	throw new SetupError({
		what: first?.title ?? '',
		why: [first?.consequence ?? '', ...others.flatMap(({title, consequence}) => [title, consequence])].join(
			'\n',
		),
		next: told.flatMap(({mend}) => mend),
		code: exitCode.unsuitable,
	});
};

const progressLine = (progress: Progress, home: string): string | undefined => {
	switch (progress.at) {
		case 'finished':
			return `✔ ${describeAction(progress.action, home)}`;
		case 'failed':
			return `✖ ${describeAction(progress.action, home)}`;
		case 'undone':
			return `Undone: ${describeAction(progress.action, home)}`;
		case 'not-undone':
			return `✖ Not undone: ${describeAction(progress.action, home)}`;
		case 'checked':
			return `${progress.finding.good ? '✔' : '!'} ${printable(progress.finding.sentence)}`;
		default:
			return undefined;
	}
};

/** Never asks: takes the first proposal, or says why there is none. */
export const scriptedUi = ({print, report, json, overwrite}: ScriptedOptions): Ui => {
	let facts: Facts | undefined;
	let mask = (text: string): string => text;
	return {
		refuse: async (refusals) => refuseAdvice(refusals),
		ask: async (question) => {
			facts = question.facts;
			mask = masker(question.start);
			const proposed = await question.propose(question.start);
			if (!proposed.good) return refuseProblems(proposed.problems, question.start);
			if (!overwrite && !question.dryRun) refuseHandWork(proposed.proposal);
			return proposed.proposal;
		},
		follow: async (stream) => {
			for (;;) {
				const next = await stream.next();
				if (next.done) return next.value;
				const line = progressLine(next.value, facts?.user.home ?? '');
				if (line !== undefined) report(mask(line));
			}
		},
		conclude: async (outcome) => {
			if (json) {
				print(JSON.stringify(documentOf(outcome), undefined, 2));
				return;
			}
			const details = outcome.outcome === 'planned' ? planText(outcome.proposal.preview) : [];
			print(outcome.outcome);
			for (const line of [...details, ...conclusion(outcome, facts)]) print(mask(line));
		},
		close: () => undefined,
	};
};
