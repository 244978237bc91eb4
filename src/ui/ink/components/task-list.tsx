import {useAnimation} from 'ink';
import {printable} from '../../printable.ts';
import {useLayout} from './context.ts';
import {marks, type Span} from './rows.ts';
import {cut, widthOf} from './text.ts';
import {Code, Pieces, Sentence, Toned} from './toned.tsx';
import type {InstallRow} from '../wizard-model.ts';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/** Turns while something runs. */
const useSpinner = (isActive = true): Span => {
	const {frame} = useAnimation({isActive});
	return {text: `${spinner[frame % spinner.length] ?? ''} `, tone: 'accent'};
};

/** What runs, with a spinner before it. */
export const Running = ({children}: {readonly children: string}) => (
	<Sentence mark={useSpinner()} style={{bold: true}}>
		{children}
	</Sentence>
);

const signs = {done: marks.ok, failed: marks.error, concern: marks.note} as const;

const seconds = (ms: number): string =>
	ms < 10_000 ? (ms / 1000).toFixed(1) : String(Math.round(ms / 1000));

const barWidth = 20;

/** The elapsed part of the time as a bar; the numbers after it say the same. */
const bar = (part: number): string => {
	const full = Math.round(Math.min(Math.max(part, 0), 1) * barWidth);
	return '█'.repeat(full) + '░'.repeat(barWidth - full);
};

const elapsed = (row: InstallRow, nowMs: number, width: number): string => {
	const ms = Math.max(0, (row.endedMs ?? nowMs) - row.beganMs);
	if (row.at === 'running' && row.withinMs !== undefined) {
		const numbers = `  ${Math.round(ms / 1000)} of ${Math.round(row.withinMs / 1000)} s`;
		return width < 70 ? numbers : `  ${bar(ms / row.withinMs)}${numbers}`;
	}
	return ms < 100 ? '' : `  ${seconds(ms)} s`;
};

/** The task on its line; its text is cut so that the time stays visible. */
const TaskLine = ({row}: {readonly row: InstallRow}) => {
	const {width} = useLayout();
	const running = row.at === 'running';
	const turning = useSpinner(running);
	// The spinner draws the line again and again, and with it the time.
	const time = elapsed(row, Date.now(), width);
	const text = cut(row.text, width - 2 - widthOf(time));
	const mark = row.at === 'running' ? turning : signs[row.at];
	return <Pieces row={[mark, {text, bold: running}, {text: time, tone: 'quiet'}]} />;
};

const Task = ({row, detailed}: {readonly row: InstallRow; readonly detailed: boolean}) => {
	const {at, line, why, details = []} = row;
	return (
		<>
			<TaskLine row={row} />
			{at === 'running' && line !== undefined && <Toned tone="quiet">{`    ${printable(line)}`}</Toned>}
			{why !== undefined && <Sentence mark={{text: '    '}}>{why}</Sentence>}
			{detailed &&
				details.map((detail, index) => (
					<Code key={index} mark={{text: '    '}} style={{tone: 'quiet'}}>
						{detail}
					</Code>
				))}
		</>
	);
};

interface TaskListProps {
	readonly rows: readonly InstallRow[];
	/** Whether each task is shown with its command and its reason. */
	readonly detailed: boolean;
}

/** What is done, each task with its state and its time. */
export const TaskList = ({rows, detailed}: TaskListProps) =>
	rows.map((row) => <Task key={row.id} row={row} detailed={detailed} />);
