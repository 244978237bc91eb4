import {Box} from 'ink';
import type {Hint} from '../binding.ts';
import {leavingQuestion, shortLeavingQuestion} from '../leaving.ts';
import {hiddenLines} from '../scroll.ts';
import type {Leaving} from '../wizard-model.ts';
import {useLayout, useWizard} from './context.ts';
import type {TextRow} from './rows.ts';
import {Pieces, Toned} from './toned.tsx';
import {widthOf} from '../../text.ts';

const pieces = (hints: readonly Hint[]): TextRow =>
	hints.flatMap(({keys, does}, index) => [
		{text: index === 0 ? keys : `   ${keys}`, bold: true},
		{text: ` ${does}`, tone: 'quiet'},
	]);

const lengthOf = (hints: readonly Hint[]): number =>
	pieces(hints).reduce((sum, {text}) => sum + widthOf(text), 0);

/** What is dropped last when there is little room, the most important first. The arrows are dropped first. */
const goesLast: readonly string[] = ['⏎', '^S', 'esc', 'e', '^N', '^C', 'q'];

const importance = ({keys}: Hint): number => {
	if (keys === '↑↓') return -1;
	const place = goesLast.indexOf(keys);
	return place < 0 ? 0 : goesLast.length - place;
};

/** Without the least important hint; of several, the last. */
const oneLess = (hints: readonly Hint[]): readonly Hint[] => {
	const least = Math.min(...hints.map(importance));
	return hints.toSpliced(
		hints.findLastIndex((one) => importance(one) === least),
		1,
	);
};

/** As many hints as fit, in the order of the screen. */
const hintsThatFit = (hints: readonly Hint[], room: number): readonly Hint[] => {
	let shown = hints;
	while (shown.length > 1 && lengthOf(shown) > room) shown = oneLess(shown);
	return shown;
};

/** Says that there are more lines, and the key that scrolls to them. */
const moreText = ({above, below}: ReturnType<typeof hiddenLines>): string => {
	if (above && below) return 'PgUp/PgDn ↕';
	return above ? 'PgUp ↑' : below ? 'PgDn ↓' : '';
};

const AskedLine = ({hints, leaving}: {readonly hints: readonly Hint[]; readonly leaving: Leaving}) => {
	const {width} = useLayout();
	const whole = leavingQuestion(leaving);
	const fits = widthOf(whole) + 3 + lengthOf(hints) <= width;
	return (
		<Box flexShrink={0}>
			<Pieces row={[{text: `${fits ? whole : shortLeavingQuestion}   `, bold: true}, ...pieces(hints)]} />
		</Box>
	);
};

/** The footer: the keys that work now, or what is asked before answers are lost. */
export const KeyHints = ({hints}: {readonly hints: readonly Hint[]}) => {
	const {state} = useWizard();
	const {width} = useLayout();
	const more = moreText(hiddenLines(state));
	const room = width - (more === '' ? 0 : widthOf(more) + 2);
	if (state.leaving) return <AskedLine hints={hints} leaving={state.leaving} />;
	const shown = hintsThatFit(hints, room);
	return (
		<Box flexShrink={0} justifyContent="space-between">
			<Pieces row={pieces(shown)} />
			<Toned tone="quiet">{more}</Toned>
		</Box>
	);
};
