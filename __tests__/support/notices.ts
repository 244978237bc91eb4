import type {Fix, Notice} from '../../src/notice.ts';
import {fixOf} from './printed-fix.ts';

/** A notice as a document has it. */
export interface NoticeDocument extends Omit<Notice, 'detail' | 'fixes'> {
	readonly detail: string | null;
	readonly fixes: readonly Fix[];
	/** Its name in the settings file. */
	readonly setting?: string;
	readonly item?: string | null;
	readonly kind?: string;
}

type Known = Partial<Omit<NoticeDocument, 'fixes'>> & Pick<NoticeDocument, 'code'>;

/** A warning as a document has it; each fix is given as it is printed. */
export const warned = ({
	fixes = [],
	...known
}: Omit<Known, 'message'> & {readonly message: unknown; readonly fixes?: readonly string[]}): object => ({
	level: 'warning',
	detail: null,
	...known,
	fixes: fixes.map(fixOf),
});

/** Whether `doctor --fix` does it. */
export const isFixable = ({fixes}: Pick<NoticeDocument, 'fixes'>): boolean => fixes.some(({safe}) => safe);

/** What a document says of a failure: what happened and why, as lines; nothing if there was none. */
export const errorText = ({error}: Readonly<Record<string, unknown>>): string => {
	const {message = '', detail = ''} = (error ?? {}) as Partial<NoticeDocument>;
	return `${message}\n${detail ?? ''}`.trimEnd();
};
