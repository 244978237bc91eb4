import {errorNames} from './error-names.ts';
import {fixOf, type Fix} from './fix.ts';
import type {Failure} from '../../errors.ts';
import type {Finding} from '../../platform/actions/progress.ts';

/** Something that was noticed, and what to do about it: the same shape wherever a document has such a thing. */
export interface Notice {
	readonly level: 'error' | 'warning' | 'note' | 'ok';
	/** A name that does not change. */
	readonly code: string;
	/** What was noticed. */
	readonly message: string;
	/** Why, and what follows; null: nothing more is known. */
	readonly detail: string | null;
	readonly fixes: readonly Fix[];
	/** Its name in the settings file. */
	readonly setting?: string;
	/** Which item of a list or a map; null: the setting as a whole. */
	readonly item?: string | null;
	/** Of the page: how it responds, and to whom it belongs. */
	readonly kind?: string;
}

type Mask = (text: string) => string;

interface Noticed {
	readonly code: string;
	readonly message: string;
	readonly detail?: string | undefined;
	/** As they are printed. */
	readonly fixes?: readonly string[] | undefined;
}

const unmasked: Mask = (text) => text;

export const notice = (
	level: Notice['level'],
	{code, message, detail, fixes = []}: Noticed,
	mask: Mask = unmasked,
): Notice => ({
	level,
	code,
	message: mask(message),
	detail: detail === undefined || detail === '' ? null : mask(detail),
	fixes: fixes.map((line) => fixOf(mask(line))),
});

/** What was wrong, without its log. */
export const failureNotice = (
	{exit: code, message: what, detail: why, fixes: next}: Failure,
	mask: Mask,
): Notice =>
	notice('error', {code: errorNames[code] ?? 'unexpected', message: what, detail: why, fixes: next}, mask);

/** The service may be meant not to start at boot; that it runs and responds is what a change is for. */
const findingLevel = ({good, code}: Finding): Notice['level'] => {
	if (good) return 'ok';
	return code === 'running' || code === 'answering' ? 'error' : 'warning';
};

export const findingNotice = (finding: Finding, mask: Mask): Notice => {
	const {code, kind, message} = finding;
	return {
		...notice(findingLevel(finding), {code: code === 'answering' ? 'responding' : code, message}, mask),
		...(kind && {kind: kind === 'answers' ? 'responds' : kind}),
	};
};
