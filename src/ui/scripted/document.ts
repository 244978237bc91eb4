import type {Complaint} from '../../errors.ts';
import {documentSchema} from './json-text.ts';
import {proxyFor} from '../../platform/network/address.ts';
import {maskLines, maskLooks} from '../../settings/secrets/mask-looks.ts';
import {maskSettings} from '../../settings/secrets/masker.ts';
import {nameInFile, nestSettings} from '../../settings/settings-file.ts';
import type {Action} from '../../platform/actions/action.ts';
import {shortened} from '../../platform/service-manager/excerpt.ts';
import {isRoots} from '../../platform/actions/as-root.ts';
import type {SetupOutcome} from '../../steps/execute/outcome.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import {printable} from '../printable.ts';
import {complaintNotice, findingNotice, notice, type Notice} from './notice.ts';

/** The one JSON document that `--json` prints, on every path. */
export type Document = Readonly<Record<string, unknown>>;

/** Each wrong value, by its name in the settings file. */
const problemNotices = (problems: Complaint['problems'], mask: (text: string) => string): readonly Notice[] =>
	(problems ?? []).map(({setting, item, message}) => ({
		...notice('error', {code: 'invalid-value', message}, mask),
		...(setting !== null && {setting}),
		item,
	}));

/** What a run failed with, as every document has it. */
export const errorPart = (complaint: Complaint, mask: (text: string) => string): Document => {
	const {reason, log, problems} = complaint;
	return {
		...complaintNotice(complaint, mask),
		...(reason && {reason}),
		log: shortened(maskLines(log ?? [], mask)).map(printable),
		...(problems && {problems: problemNotices(problems, mask)}),
	};
};

const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

/** An action as a script reads it. */
export const planned = (action: Action, mask: (text: string) => string): Document => ({
	...plannedChange(action, mask),
	...(isRoots(action) && {asRoot: true}),
});

const plannedChange = (action: Action, mask: (text: string) => string): Document => {
	switch (action.does) {
		case 'write-file': {
			const {does, path, mode, content, before} = action;
			const masked = {before: before ? mask(before.content) : null, content: mask(content)};
			return {does, path, mode: octal(mode), ...masked};
		}
		case 'delete-file':
			return {does: action.does, path: action.path, before: mask(action.before.content)};
		case 'delete-folder':
		case 'delete-link':
		case 'purge':
		case 'begin-state':
		case 'clear-state':
			return {does: action.does, path: action.path};
		case 'move':
			return {does: action.does, from: action.from, to: action.to, why: action.why};
		case 'load-agent':
		case 'unload-agent':
		case 'restart-agent':
			return {does: action.does, domain: action.domain, path: action.path, why: action.why};
		case 'make-folder':
		case 'save-export': {
			const {does, path, mode} = action;
			const command = 'command' in action && {command: action.command.map(maskLooks)};
			return {does, path, mode: octal(mode), ...command};
		}
		case 'ask-repositories':
		case 'tell-imported':
		case 'run':
			return {does: action.does, command: action.command.map(maskLooks), why: action.why};
		case 'ask-vira':
			return {does: action.does, program: action.program, why: action.why};
		case 'wait-for':
			return {does: action.does, command: action.probe, why: action.why};
	}
};

const proposalPart = ({settings, actions, preview, mask}: Proposal): Document => {
	return {
		url: preview.url,
		proxy: proxyFor(settings) ?? null,
		startsAtBoot: preview.startsAtBoot ?? null,
		survivesLogout: preview.survivesLogout,
		settings: nestSettings(maskSettings(settings, mask)),
		plan: actions.map((action) => planned(action, mask)),
		warnings: preview.warnings.map((warning) => ({
			...notice('warning', warning),
			...(warning.option && {setting: nameInFile(warning.option)}),
		})),
	};
};

/** The document of a run that got as far as an outcome. */
export const documentOf = (
	outcome: SetupOutcome,
	{command, simulation}: {readonly command: string; readonly simulation: boolean},
): Document => {
	const proposal = 'proposal' in outcome ? outcome.proposal : undefined;
	const verdict = 'verdict' in outcome ? outcome.verdict : undefined;
	const leftChanged =
		'notUndone' in outcome &&
		(outcome.notUndone.length > 0 ||
			(outcome.outcome === 'failed' && !outcome.undone && (proposal?.actions.length ?? 0) > 0));
	const mask = proposal?.mask ?? ((text: string) => text);
	return {
		schema: documentSchema,
		command,
		outcome: outcome.outcome,
		// What follows is said of the simulated machine.
		...(simulation && {simulation: true}),
		changed: ['installed', 'updated'].includes(outcome.outcome) || leftChanged,
		...(outcome.outcome === 'planned' && {wouldChange: proposal?.preview.changes}),
		...(proposal && proposalPart(proposal)),
		...(verdict && {
			startsAtBoot: verdict.startsAtBoot ?? null,
			survivesLogout: verdict.survivesLogout,
			healthy: verdict.healthy,
			findings: verdict.findings.map((one) => findingNotice(one, mask)),
		}),
		...('notUndone' in outcome && {notUndone: outcome.notUndone.map((one) => complaintNotice(one, mask))}),
		...(outcome.outcome === 'failed' && {error: errorPart(outcome.complaint, mask)}),
	};
};

interface Failed {
	/** Undefined: the arguments could not be read. */
	readonly command: string | undefined;
	readonly simulation: boolean;
}

/** The document of a run that failed before it had a plan. */
export const failureDocument = (complaint: Complaint, {command, simulation}: Failed): Document => ({
	schema: documentSchema,
	...(command !== undefined && {command}),
	outcome: complaint.code === 130 ? 'cancelled' : 'failed',
	...(simulation && {simulation: true}),
	changed: complaint.changed ?? false,
	...(complaint.code !== 130 && {error: errorPart(complaint, (text) => text)}),
});
