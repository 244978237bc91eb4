import type {Facts} from '../../platform/facts.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {hashOf} from '../../platform/installed/receipt.ts';
import type {Existing} from '../../platform/installed/situation.ts';

/** Whether the settings file was edited since it was applied. */
export const isEdited = (facts: Facts, {receipt, files}: Existing): boolean => {
	const path = filesOf(facts).settings;
	return receipt?.files[path] !== hashOf(files.get(path)?.content ?? '');
};
