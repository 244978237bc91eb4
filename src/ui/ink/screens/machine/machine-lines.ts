import {type Fix, fixText, type Notice} from '../../../../notice.ts';
import type {Advice, Choice} from '../../../../platform/service-manager/advice.ts';
import type {Question} from '../../../ui.ts';
import {doManually, cannotSetUp, quitLabel, trySimulation, whatToDo} from '../../../words/phrases.ts';
import {empty, paragraph, type Line, type Span} from '../../components/line.ts';

/** The parts of the question that are data. */
export type Asked = Pick<Question, 'facts' | 'advice' | 'again' | 'dryRun'>;

/** The choices of the first screen with all their answers, in the order of the screen. */
export const answersOf = (asked: Asked): readonly {choice: Choice; answer: Choice['answers'][number]}[] =>
	asked.advice.flatMap((one) =>
		one.level === 'note' ? one.answers.map((answer) => ({choice: one, answer})) : [],
	);

const marks: Readonly<Record<Advice['level'], Span>> = {
	ok: {text: '✔ ', tone: 'good'},
	note: {text: '! ', tone: 'warn'},
	warning: {text: '! ', tone: 'warn'},
	error: {text: '✖ ', tone: 'bad'},
};

interface MachineView {
	readonly lines: readonly Line[];
	/** The line of the focused answer. */
	readonly focus: number;
}

interface Place {
	readonly width: number;
	readonly row: number;
	readonly more: boolean;
}

const answerLines = (choice: Choice, place: Place, firstRow: number): readonly Line[] =>
	choice.answers.flatMap(({label, detail}, index): readonly Line[] => {
		const here = firstRow + index === place.row;
		const mark: Span = {text: here ? '  › ' : '    ', tone: 'accent'};
		const oneLine = label.length + detail.length + 8 <= place.width;
		if (oneLine) return [[mark, {text: label, bold: here}, {text: `   ${detail}`, tone: 'quiet'}]];
		return [
			...paragraph(label, {width: place.width, mark, style: {bold: here}}),
			...paragraph(detail, {width: place.width, mark: {text: '      '}, style: {tone: 'quiet'}}),
		];
	});

const fixLines = (fixes: readonly Fix[], width: number): readonly Line[] =>
	fixes.flatMap((fix) => paragraph(fixText(fix), {width, mark: {text: '    '}, style: {tone: 'accent'}}));

const explanation = ({detail = '', fixes = []}: Advice, {width, more}: Place): readonly Line[] => [
	...(detail === '' ? [] : paragraph(detail, {width, mark: {text: '  '}, style: {tone: 'quiet'}})),
	...(more && fixes.length > 0
		? [[{text: `  ${doManually}`, tone: 'quiet'} as const], ...fixLines(fixes, width)]
		: []),
];

const linesOf = (one: Advice, place: Place, firstRow: number): readonly Line[] => {
	const title = paragraph(one.message, {width: place.width, mark: marks[one.level]});
	if (one.level === 'ok') return title;
	const answers = one.level === 'note' ? answerLines(one, place, firstRow) : [];
	return [...title, ...answers, ...explanation(one, place)];
};

/** The first screen: every check, and the choices with their answers and consequences. */
export const machineLines = (asked: Asked, place: Place): MachineView => {
	const lines: Line[] = [];
	let row = 0;
	let focus = 0;
	for (const one of asked.advice) {
		const answers = one.level === 'note' ? one.answers.length : 0;
		const own = linesOf(one, place, row);
		const marked = own.findIndex(([first]) => first?.text === '  › ');
		if (marked >= 0) focus = lines.length + marked;
		lines.push(...own);
		row += answers;
	}
	return {lines, focus};
};

/** What the options show of a skipped first screen: one quiet line, and one for each warning. */
export const passedLines = ({advice}: Asked, width: number): readonly Line[] => {
	const fine = advice.filter(({level}) => level === 'ok').map(({message}) => `✔ ${message}`);
	const warnings = advice.filter(({level}) => level === 'warning');
	return [
		...(fine.length > 0 ? [[{text: fine.join(' · '), tone: 'quiet'} as const]] : []),
		...warnings.flatMap(({message}) => paragraph(message, {width, mark: marks.warning})),
		empty,
	];
};

interface RefuseView {
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
