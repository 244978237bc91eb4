import {complaintFor, complaintText, masked} from '../../src/complaint.ts';
import {parseRequest, type Request} from '../../src/request.ts';
import {failureDocument} from '../../src/ui/scripted/document.ts';
import type {Output} from '../../src/ui/output.ts';
import {scriptedUi} from '../../src/ui/scripted/scripted-ui.ts';
import type {Run} from '../../src/verbs/run.ts';
import {doctor} from '../../src/verbs/doctor.ts';
import {logs} from '../../src/verbs/logs.ts';
import {restart} from '../../src/verbs/restart.ts';
import {rollback} from '../../src/verbs/rollback.ts';
import {setup} from '../../src/verbs/setup.ts';
import {start} from '../../src/verbs/start.ts';
import {status} from '../../src/verbs/status.ts';
import {stop} from '../../src/verbs/stop.ts';
import {uninstall} from '../../src/verbs/uninstall.ts';
import type {System} from '../../src/platform/system.ts';
import {validDocument, type Document} from './valid-document.ts';

const quiet: Readonly<Record<string, (run: Run, output: Output) => Promise<number>>> = {
	status,
	start,
	stop,
	restart,
	logs,
	doctor,
};

const verbOf = ({verb}: Request): typeof setup => {
	if (verb === 'uninstall') return uninstall;
	return verb === 'rollback' ? rollback : setup;
};

export interface Attempt {
	readonly code: number;
	readonly document: Document;
}

/** Any verb with --json, as the program does it: what is thrown is told at its end. */
export const attempt = async (system: System, ...words: readonly string[]): Promise<Attempt> => {
	const printed: string[] = [];
	const print = (text: string): void => void printed.push(text);
	const end = (code: number): Attempt => ({code, document: validDocument(printed.join('\n'))});
	try {
		const request = await parseRequest(['--json', ...words], {
			environment: {},
			read: () => Promise.resolve(undefined),
		});
		const run = {request, system, signal: new AbortController().signal};
		const verb = quiet[request.verb];
		if (verb) {
			const colour = {print: false, note: false};
			const output = {
				print,
				whenUnread: async () => () => undefined,
				note: () => undefined,
				isTerminal: false,
				columns: undefined,
				colour,
			};
			return end(await verb(run, {...output, pass: async () => true}));
		}
		const {problems: misgiven, consent} = request;
		const ui = scriptedUi({print, report: () => undefined, json: true, misgiven, consent, rehearsal: false});
		const code = await verbOf(request)(run, Promise.resolve(ui));
		if (code === 'rehearse') throw new Error('A script is never asked to rehearse.');
		return end(code);
	} catch (error) {
		const complaint = masked(complaintFor(error));
		if (printed.length > 0) throw new Error(complaintText(complaint), {cause: error});
		print(JSON.stringify(failureDocument(complaint, {rehearsal: false})));
		return end(complaint.code);
	}
};
