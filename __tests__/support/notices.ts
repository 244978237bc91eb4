import {fixOf} from '../../src/ui/scripted/fix.ts';
import type {Notice} from '../../src/ui/scripted/notice.ts';

type Known = Partial<Omit<Notice, 'fixes'>> & Pick<Notice, 'code'>;

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
export const isFixable = ({fixes}: Pick<Notice, 'fixes'>): boolean => fixes.some(({safe}) => safe);

/** What a document says of a failure: what happened and why, as lines; nothing if there was none. */
export const errorText = ({error}: Readonly<Record<string, unknown>>): string => {
	const {message = '', detail = ''} = (error ?? {}) as Partial<Notice>;
	return `${message}\n${detail ?? ''}`.trimEnd();
};
