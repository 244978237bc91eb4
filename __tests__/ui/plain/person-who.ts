import {Cancelled} from '../../../src/errors.ts';
import type {Person} from '../../../src/ui/plain/terminal-person.ts';

/** A user who gives these answers, one after the other; an empty one is Enter. The output is kept. */
export const personWho = (...answers: readonly string[]): Person & {readonly heard: readonly string[]} => {
	const heard: string[] = [];
	const left = [...answers];
	const hear = (...lines: readonly string[]): void => {
		heard.push(...lines.filter((line) => line !== ''));
	};
	return {
		heard,
		tell: hear,
		show: hear,
		ask: async ({message, offer, mask = (text) => text}) => {
			const answer = left.shift();
			if (answer === undefined) throw new Error(`Nobody answers: ${message}\n${heard.join('\n')}`);
			heard.push(`? ${message} (${offer})${answer === '' ? '' : ` ${mask(answer)}`}`);
			return answer === '' ? offer : answer;
		},
		leave: () => {
			throw new Cancelled();
		},
	};
};
