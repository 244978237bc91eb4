import {SetupError, type ExitCode} from '../../src/errors.ts';
import {parseRequest} from '../../src/request.ts';
import type {Output} from '../../src/ui/output.ts';
import {failureDocument} from '../../src/ui/scripted/document.ts';
import {restart} from '../../src/verbs/restart.ts';
import type {Run} from '../../src/verbs/run.ts';
import {start} from '../../src/verbs/start.ts';
import {status} from '../../src/verbs/status.ts';
import {stop} from '../../src/verbs/stop.ts';
import type {Pictured} from './picture-of.ts';

const verbs = {status, start, stop, restart} satisfies Readonly<
	Record<string, (run: Run, output: Output) => Promise<ExitCode>>
>;

export type QuietVerb = keyof typeof verbs;

/** A verb that never asks, on a simulated machine: its exit status and its document. */
export const runVerb = async (
	system: Pictured,
	verb: QuietVerb,
): Promise<{readonly code: ExitCode; readonly document: Readonly<Record<string, unknown>>}> => {
	const printed: string[] = [];
	const request = await parseRequest([verb, '--json'], {
		environment: {},
		read: () => Promise.resolve(undefined),
	});
	const output: Output = {
		print: (text) => printed.push(text),
		pass: async () => true,
		whenUnread: async () => () => undefined,
		note: () => undefined,
		isTerminal: false,
		columns: undefined,
		colour: {print: false, note: false},
	};
	try {
		const code = await verbs[verb]({request, system, signal: new AbortController().signal}, output);
		return {code, document: JSON.parse(printed.join('')) as Readonly<Record<string, unknown>>};
	} catch (error) {
		// Anything else is a mistake of ours.
		if (!(error instanceof SetupError)) throw error;
		return {code: error.complaint.code, document: failureDocument(error.complaint, {rehearsal: true})};
	}
};
