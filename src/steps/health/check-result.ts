import type {Notice} from '../../notice.ts';

/** The result of one check. `warning`: Vira can run with it; `error`: it prevents Vira from running or starting again. */
export interface CheckResult extends Notice {
	readonly level: 'ok' | 'warning' | 'error';
	/** Whether running setup again with the same settings fixes it. */
	readonly bySetup?: boolean;
}

export type Rest = Pick<CheckResult, 'detail' | 'fixes' | 'bySetup'>;

const result =
	(level: CheckResult['level']) =>
	(code: string, message: string, rest: Rest = {}): CheckResult => ({level, code, message, ...rest});

export const fine = result('ok');
export const warning = result('warning');
export const trouble = result('error');
