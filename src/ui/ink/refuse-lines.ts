import type {Notice} from '../../notice.ts';
import {fixLines} from './machine-lines.ts';
import {empty, paragraph, type Line} from './line.ts';
import {cannotSetUp, quitLabel, trySimulation, whatToDo} from '../words/phrases.ts';

export interface RefuseView {
	readonly reasons: readonly Line[];
	readonly answers: readonly Line[];
}

const refusalLines = ({message, detail = '', fixes = []}: Notice, width: number): readonly Line[] => [
	...paragraph(message, {width, mark: {text: '✖ ', tone: 'bad'}, style: {bold: true}}),
	...(detail === '' ? [] : paragraph(detail, {width, mark: {text: '  '}})),
	...(fixes.length === 0
		? []
		: [[{text: `  ${whatToDo}`, tone: 'quiet'} as const], ...fixLines(fixes, width)]),
	empty,
];

const offers = [trySimulation, quitLabel] as const;

/** Why Vira cannot be set up here, and what else the person can do. */
export const refuseLines = (refusals: readonly Notice[], row: number, width: number): RefuseView => {
	const reasons = [
		...paragraph(cannotSetUp, {width}),
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
