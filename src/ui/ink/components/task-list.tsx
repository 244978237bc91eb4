import {useAnimation} from 'ink';
import {printable, cut, widthOf} from '../../text.ts';
import {clamp} from '../../clamp.ts';
import {useLayout} from './context.ts';
import {marks, type Span} from './rows.ts';
import {Code, Pieces, Sentence, Toned} from './toned.tsx';
import type {InstallRow, ShownRow} from '../wizard-model.ts';

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
	const full = Math.round(clamp(part, 0, 1) * barWidth);
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
const TaskLine = ({row, indent}: {readonly row: InstallRow; readonly indent: string}) => {
	const {width} = useLayout();
	const running = row.at === 'running';
	const turning = useSpinner(running);
	// The spinner draws the line again and again, and with it the time.
	const time = elapsed(row, Date.now(), width);
	const text = cut(row.text, width - 2 - widthOf(indent + time));
	const mark = row.at === 'running' ? turning : signs[row.at];
	return (
		<Pieces
			row={[{text: indent}, mark, {text, bold: running && indent === ''}, {text: time, tone: 'quiet'}]}
		/>
	);
};

interface TaskListProps {
	readonly rows: readonly ShownRow[];
	/** Whether each step is shown with its actions, their commands and their reasons. */
	readonly detailed: boolean;
	readonly indent?: string;
}

const Task = ({row, detailed, indent = ''}: Omit<TaskListProps, 'rows'> & {readonly row: ShownRow}) => {
	const {at, line, why, details = [], actions} = row;
	const below = {text: `${indent}    `};
	if (detailed && actions) {
		return (
			<>
				<TaskLine row={row} indent={indent} />
				<TaskList rows={actions} detailed indent="  " />
			</>
		);
	}
	return (
		<>
			<TaskLine row={row} indent={indent} />
			{at === 'running' && line !== undefined && <Toned tone="quiet">{below.text + printable(line)}</Toned>}
			{why !== undefined && <Sentence mark={below}>{why}</Sentence>}
			{detailed &&
				details.map((detail, index) => (
					<Code key={index} mark={below} style={{tone: 'quiet'}}>
						{detail}
					</Code>
				))}
		</>
	);
};

/** What is done, each task with its state and its time. */
export const TaskList = ({rows, ...shape}: TaskListProps) =>
	rows.map((row) => <Task key={row.id} row={row} {...shape} />);
