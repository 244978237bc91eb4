import type {Complaint} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import type {Outcome} from '../steps/outcome.ts';
import type {Preview} from '../steps/preview.ts';
import type {Verdict} from '../steps/progress.ts';
import {commandText} from './command-text.ts';
import {shortPath} from './describe.ts';
import {printable, printableLines} from './printable.ts';

type Lines = readonly string[];
type Failed = Extract<Outcome, {outcome: 'failed'}>;

const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);
const yesOrNo = (yes: boolean): string => (yes ? 'yes' : 'no');

const commandsOf: Readonly<Record<Facts['platform'], readonly (readonly [does: string, command: string])[]>> =
	{
		linux: [
			['See whether it runs:', 'systemctl --user status vira.service'],
			['Follow its log:', 'journalctl --user -u vira.service -f'],
			['Change the settings:', 'vira-setup'],
		],
		macos: [['Change the settings:', 'vira-setup']],
	};

const worthKnowing = (facts: Facts | undefined): Lines =>
	commandsOf[facts?.platform ?? 'linux'].flatMap(([does, command]) => [does, `  ${command}`]);

const bootLines = (verdict: Pick<Verdict, 'startsAtBoot' | 'survivesLogout'>): Lines => [
	`${verdict.startsAtBoot ? '✔' : '!'} Starts at boot: ${yesOrNo(verdict.startsAtBoot)}`,
	`${verdict.survivesLogout ? '✔' : '!'} Survives logout: ${yesOrNo(verdict.survivesLogout)}`,
];

/** What was seen and is not as it should be; what holds at boot has its own lines. */
const concerns = ({findings}: Verdict): Lines =>
	findings
		.filter(({good, code}) => !good && (code === 'running' || code === 'answering'))
		.map(({sentence}) => `! ${printable(sentence)}`);

const running = (verdict: Verdict, facts: Facts | undefined): Lines => [
	...concerns(verdict),
	...bootLines(verdict),
	'',
	'Open Vira:',
	`  ${verdict.url}`,
	'',
	...worthKnowing(facts),
];

const changeVerb = {new: 'Write', changed: 'Change', deleted: 'Remove'} as const;

const planned = (preview: Preview, facts: Facts | undefined): Lines => {
	if (!preview.changes) return ['✔ Nothing would change: all is as you asked.'];
	const home = facts?.user.home ?? '';
	return [
		'Nothing was changed. An installation would:',
		...indented(preview.folders.map((path) => `Make the folder ${shortPath(path, home)}`)),
		...indented(
			preview.files.map(({change, path, mode}) => `${changeVerb[change]} ${shortPath(path, home)} (${mode})`),
		),
		...indented(preview.commands.map(({command}) => `Run ${commandText(command)}`)),
		...preview.warnings.map(({sentence}) => `! ${printable(sentence)}`),
		...bootLines(preview),
	];
};

const complaintLines = (complaint: Complaint): Lines => [
	`✖ ${printable(complaint.what)}`,
	...indented(printableLines(complaint.why ?? '').filter((line) => line !== '')),
];

const leftOver = (notUndone: readonly Complaint[]): Lines =>
	notUndone.length === 0
		? []
		: [
				'! Some of it could not be put back:',
				...notUndone.flatMap((one) => indented([...complaintLines(one), ...indented(one.next ?? [])])),
			];

const undoneLines = (outcome: {undone: boolean; notUndone: readonly Complaint[]}, kept: boolean): Lines => {
	if (outcome.notUndone.length > 0) return leftOver(outcome.notUndone);
	if (outcome.undone) return ['✔ Everything is as it was before.'];
	return [kept ? '! What was installed is still there.' : 'Nothing was changed.'];
};

const headed = (heading: string, lines: Lines): Lines =>
	lines.length === 0 ? [] : ['', heading, ...indented(lines)];

const failed = (outcome: Failed): Lines => {
	const log = outcome.complaint.log ?? outcome.verdict?.log ?? [];
	return [
		...complaintLines(outcome.complaint),
		...headed(
			'The last lines of its log:',
			log.map((line) => printable(line)),
		),
		'',
		...undoneLines(outcome, (outcome.proposal?.actions.length ?? 0) > 0),
		...headed('What to do now:', outcome.complaint.next ?? []),
	];
};

/**
 * The final words of a run, in plain text. A line that begins with ✔, ! or ✖ has its meaning there, for a front end
 * to colour. Commands stand on lines of their own, to be copied.
 */
export const conclusion = (outcome: Outcome, facts: Facts | undefined): Lines => {
	switch (outcome.outcome) {
		case 'installed':
			return ['✔ Vira is set up.', ...running(outcome.verdict, facts)];
		case 'updated':
			return ['✔ Vira runs with the new settings.', ...running(outcome.verdict, facts)];
		case 'unchanged':
			return ['✔ Nothing had to change: all is as you asked.', ...running(outcome.verdict, facts)];
		case 'planned':
			return planned(outcome.proposal.preview, facts);
		case 'failed':
			return failed(outcome);
		case 'cancelled':
			return ['Cancelled.', ...undoneLines(outcome, false)];
	}
};
