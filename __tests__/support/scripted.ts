import type {Complaint} from '../../src/errors.ts';
import {parseRequest, type Request} from '../../src/request.ts';
import {scriptedUi} from '../../src/ui/scripted/scripted-ui.ts';
import {rollback} from '../../src/verbs/rollback.ts';
import {setup} from '../../src/verbs/setup.ts';
import {uninstall} from '../../src/verbs/uninstall.ts';
import {pictureOf, type Pictured} from './picture-of.ts';
import {validDocument} from './valid-document.ts';

const verbOf = ({verb}: Request): typeof setup => {
	if (verb === 'uninstall') return uninstall;
	return verb === 'rollback' ? rollback : setup;
};

/** A scripted run on a simulated machine: its exit status, its document, and everything it wrote. */
export const run = async (system: Pictured, ...words: readonly string[]) => {
	const written: string[] = [];
	const printed: string[] = [];
	const request = await parseRequest(['--json', ...words], {
		environment: {},
		read: () => Promise.resolve(undefined),
	});
	const ui = scriptedUi({
		print: (line) => printed.push(line),
		report: (line) => written.push(line),
		json: true,
		misgiven: request.problems,
		consent: request.consent,
		rehearsal: false,
	});
	const code = await verbOf(request)(
		{request, system, signal: new AbortController().signal},
		Promise.resolve(ui),
	);
	return {
		code,
		document: validDocument(printed.join('\n')),
		written: [...written, ...printed].join('\n'),
	};
};

/** What a scripted run is refused with. */
export const refusal = async (system: Pictured, ...words: readonly string[]): Promise<unknown> =>
	run(system, ...words).then(
		() => 'not refused',
		(error: unknown) => (error as {readonly complaint: unknown}).complaint,
	);

/** As refusal: the exit status, the lines of the sentence, and whether anything was different afterwards. */
export const refusedWith = async (system: Pictured, ...words: readonly string[]) => {
	const before = await pictureOf(system);
	const complaint = (await refusal(system, ...words)) as Complaint | 'not refused';
	const changed = JSON.stringify(before) !== JSON.stringify(await pictureOf(system));
	if (complaint === 'not refused') return {status: 0, said: [], changed};
	return {status: complaint.code, said: complaint.what.split('\n'), changed};
};
