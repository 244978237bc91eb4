import type {Refusal} from '../../steps/advice.ts';
import {fixLines} from './machine-lines.ts';
import {empty, paragraph, type Line} from './line.ts';

export interface RefuseView {
	readonly reasons: readonly Line[];
	readonly answers: readonly Line[];
}

const refusalLines = ({title, detail, fixes}: Refusal, width: number): readonly Line[] => [
	...paragraph(title, {width, mark: {text: '✖ ', tone: 'bad'}, style: {bold: true}}),
	...(detail === '' ? [] : paragraph(detail, {width, mark: {text: '  '}})),
	...(fixes.length === 0
		? []
		: [[{text: '  What to do:', tone: 'quiet'} as const], ...fixLines(fixes, width)]),
	empty,
];

const offers = ['Try it on a simulated machine (changes nothing here)', 'Quit'] as const;

/** Why it cannot be done here, and what one may do instead. */
export const refuseLines = (refusals: readonly Refusal[], row: number, width: number): RefuseView => {
	const reasons = [
		...paragraph('Vira cannot be set up here:', {width}),
		empty,
		...refusals.flatMap((one) => refusalLines(one, width)),
	];
	const answers = offers.flatMap((offer, index) =>
		paragraph(offer, {
			width,
			mark: {text: index === row ? '› ' : '  ', tone: 'accent'},
			style: {bold: index === row},
		}),
	);
	return {reasons: reasons.slice(0, -1), answers: [empty, ...answers]};
};
