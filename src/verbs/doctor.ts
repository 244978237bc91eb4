import {complaintFor} from '../complaint.ts';
import {Cancelled, exitCode, SetupError, type ExitCode} from '../errors.ts';
import {detect} from '../steps/detect.ts';
import {examineAll, type Examination} from '../steps/doctor/examination.ts';
import type {Repair} from '../steps/doctor/repair.ts';
import type {Outcome} from '../steps/outcome.ts';
import {followInLines} from '../ui/follow-lines.ts';
import type {Output} from '../ui/output.ts';
import {toned} from '../ui/toned.ts';
import {untilAborted} from '../ui/until-aborted.ts';
import {doctorDocument} from '../ui/verbs/doctor-document.ts';
import {doctorLines} from '../ui/verbs/doctor-lines.ts';
import {tell} from '../ui/verbs/tell.ts';
import {carryOut} from './carry-out.ts';
import {kindOf, type Run} from './run.ts';

const examine = async ({system, signal}: Run): Promise<Examination> =>
	untilAborted(
		detect(system).then((facts) => examineAll(system, facts)),
		signal,
	);

/** What ran well before is put back where it does not any more; what did not cannot get worse. */
const repairBy = async (
	{proposal, existing}: Repair,
	run: Run,
	{facts, healthy, output}: Pick<Examination['status'], 'facts' | 'healthy'> & {readonly output: Output},
): Promise<Outcome> => {
	const request = {...run.request, keepOnFailure: !healthy};
	const reader = {
		report: (line: string) => output.note(toned(line, output.colour.note)),
		home: facts.user.home,
		mask: proposal.mask,
	};
	return carryOut(
		proposal,
		{...run, request, facts, existing},
		{follow: (stream) => followInLines(stream, reader)},
	);
};

interface Fixed {
	readonly examination: Examination;
	readonly repaired: boolean;
}

/** A service that still does not run is told by what is seen next; what was taken back is told as that. */
const demandDone = (outcome: Outcome): void => {
	if (outcome.outcome !== 'cancelled' && outcome.outcome !== 'failed') return;
	const {undone, notUndone} = outcome;
	if (notUndone.length === 0 && outcome.outcome === 'cancelled') throw new Cancelled();
	if (!undone) return;
	const {why, ...complaint} =
		outcome.outcome === 'failed'
			? outcome.complaint
			: {what: 'Cancelled.', code: exitCode.cancelled, why: ''};
	const left = notUndone.map(({what}) => `It could not be put back: ${what}`);
	throw new SetupError({
		...complaint,
		why: [...(why ? [why] : []), ...left].join('\n'),
		...(left.length > 0 && {changed: true}),
	});
};

/** What was repaired stays so, whatever keeps us from seeing it. */
const examineAgain = async (run: Run): Promise<Examination> => {
	try {
		return await examine(run);
	} catch (error) {
		if (error instanceof Cancelled)
			throw new SetupError({what: 'Cancelled. It was repaired.', code: exitCode.cancelled, changed: true});
		const {what, why, ...complaint} = complaintFor(error);
		throw new SetupError({
			...complaint,
			what: 'It was repaired, and could not be looked at again.',
			why: [what, ...(why === undefined ? [] : [why])].join('\n'),
			changed: true,
		});
	}
};

const fix = async (run: Run, seen: Examination, output: Output): Promise<Fixed> => {
	if (!seen.repair) return {examination: seen, repaired: false};
	demandDone(await repairBy(seen.repair, run, {...seen.status, output}));
	return {examination: await examineAgain(run), repaired: true};
};

/** Looks at everything, and says what mends what is wrong; with --fix, does what loses nothing. */
export const doctor = async (run: Run, output: Output): Promise<ExitCode> => {
	const kind = kindOf(run.request);
	const seen = await examine(run);
	const {examination, repaired} = run.request.fix
		? await fix(run, seen, output)
		: {examination: seen, repaired: false};
	const document = doctorDocument(examination, {...kind, repaired});
	tell({lines: doctorLines(examination, run.request), document}, output, kind);
	return examination.results.some(({level}) => level === 'trouble') ? exitCode.unwell : exitCode.done;
};
