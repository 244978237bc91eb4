import type {Shape} from './option.ts';
import {textProblem} from './problem.ts';

export type Parsed<T> =
	{readonly good: true; readonly value: T} | {readonly good: false; readonly problem: string};

export const good = <T>(value: T): Parsed<T> => ({good: true, value});
export const refused = (problem: string): Parsed<never> => ({good: false, problem});

export const whole = (text: string): Parsed<string> => {
	const reason = textProblem(text);
	return reason === undefined ? good(text) : refused(reason);
};

/** The value that was meant by a nearly correct one. */
export const meantBy = (text: string, {pattern, nearly}: Shape): string | undefined => {
	const meant = nearly?.meant(text);
	return meant !== undefined && pattern.test(meant) ? meant : undefined;
};

export const shaped = (text: string, shape: Shape): Parsed<string> => {
	const possible = whole(text);
	if (!possible.good) return possible;
	const meant = shape.within?.exec(text)?.[1] ?? text;
	if (shape.pattern.test(meant)) return good(meant);
	const offered = meantBy(text, shape);
	return refused(
		offered === undefined ? shape.problem : `Use ${offered}: ${shape.nearly?.why ?? shape.problem}`,
	);
};
