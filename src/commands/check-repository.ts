import type {CommandRun} from '../command-line/request.ts';
import {kindOf} from '../command-line/request.ts';
import {exitCode, SetupError, type ExitCode, untilAborted} from '../errors.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {detect} from '../steps/detect.ts';
import {settingsHere} from '../steps/health/installation.ts';
import {allChecks, readinessOn} from '../steps/readiness/readiness.ts';
import type {Output} from '../ui/output.ts';
import {readinessJson, readinessLines} from '../ui/reports/readiness-report.ts';
import {tell} from '../ui/reports/tell.ts';
import {documentSchema} from '../ui/scripted/json-text.ts';

/** Shows whether git can read these repositories in the environment of the service. */
export const checkRepository = async (run: CommandRun, output: Output): Promise<ExitCode> => {
	const {system, request, signal} = run;
	const kind = kindOf(request);
	const facts = await untilAborted(detect(system), signal);
	const [refusal] = managerOf(facts).refusals;
	if (refusal) throw new SetupError({...refusal, exit: exitCode.unsuitable});
	const settings = {...(await settingsHere(system, facts)), repositories: request.repositories};
	const checks = await allChecks(readinessOn(system, facts, {isRunning: true}), {
		settings,
		signal,
		groups: ['repositories'],
	});
	const ready = checks.every(({level}) => level === 'ok' || level === 'note');
	const document = {
		schema: documentSchema,
		command: request.command,
		outcome: 'checked',
		...(kind.simulation && {simulation: true}),
		changed: false,
		ready,
		readiness: readinessJson(checks),
	};
	tell({lines: readinessLines(checks), document}, output, kind);
	return ready ? exitCode.done : exitCode.unwell;
};
