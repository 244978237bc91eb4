import {exitCode, type Complaint} from '../../errors.ts';
import {commandText} from '../command-text.ts';
import type {ServiceState} from '../facts.ts';
import {readUnitOutput} from './unit-output.ts';
import type {System} from '../system.ts';

/** Where Vira's output goes, if not to the journal. */
export const outputElsewhere = async (
	system: System,
	files: Pick<ServiceState, 'file' | 'dropIns'>,
): Promise<Complaint | undefined> => {
	const output = await readUnitOutput(system, files);
	if (!output) return undefined;
	const {line, file} = output;
	return file === undefined
		? {what: `Vira's output does not go to the journal: the service sets ${line}.`, code: exitCode.unsuitable}
		: {
				what: `Vira's output goes to ${file}, not to the journal: the service sets ${line}.`,
				next: [`${commandText(['tail', '-n', '50', file])}   shows the log`],
				code: exitCode.unsuitable,
			};
};
