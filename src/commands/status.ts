import {exitCode, type ExitCode} from '../errors.ts';
import {detect} from '../steps/detect.ts';
import {survey} from '../steps/health/survey.ts';
import type {Output} from '../ui/output.ts';
import {statusDocument} from '../ui/scripted/status-document.ts';
import {statusLines} from '../ui/reports/status-lines.ts';
import {tell} from '../ui/reports/tell.ts';
import {kindOf, type CommandRun} from '../command-line/request.ts';

/** Shows the state of the service. Changes nothing. */
export const status = async ({request, system}: CommandRun, output: Output): Promise<ExitCode> => {
	const kind = kindOf(request);
	const seen = await survey(system, await detect(system));
	const lines = statusLines(seen, output.columns);
	tell({lines, document: statusDocument(seen, kind)}, output, kind);
	return seen.healthy ? exitCode.done : exitCode.unwell;
};
