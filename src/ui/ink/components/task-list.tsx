import {Box, useAnimation} from 'ink';
import {printable} from '../../printable.ts';
import {useLayout} from './context.ts';
import {marks} from './rows.ts';
import {Code, Fixed, Sentence, Toned} from './toned.tsx';
import type {InstallRow} from '../wizard-model.ts';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/** Text before which something turns while it runs. */
export const Spinner = ({children, bold = false}: {readonly children: string; readonly bold?: boolean}) => {
	const {frame} = useAnimation();
	return (
		<Sentence mark={{text: `${spinner[frame % spinner.length] ?? ''} `, tone: 'accent'}} style={{bold}}>
			{children}
		</Sentence>
	);
};

const SpinnerMark = () => {
	const {frame} = useAnimation();
	return <Fixed tone="accent">{`${spinner[frame % spinner.length] ?? ''} `}</Fixed>;
};

const signs = {done: marks.ok, failed: marks.error, concern: marks.note} as const;

const Mark = ({at}: Pick<InstallRow, 'at'>) =>
	at === 'running' ? <SpinnerMark /> : <Fixed tone={signs[at].tone}>{signs[at].text}</Fixed>;

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

const Elapsed = ({row}: {readonly row: InstallRow}) => {
	const {width} = useLayout();
	// Draws it anew; the time itself is that of the events.
	useAnimation({isActive: row.at === 'running'});
	return <Fixed tone="quiet">{elapsed(row, Date.now(), width)}</Fixed>;
};

const Task = ({row, detailed}: {readonly row: InstallRow; readonly detailed: boolean}) => {
	const {at, text, line, why, details = []} = row;
	return (
		<>
			<Box flexShrink={0} height={1}>
				<Mark at={at} />
				<Toned bold={at === 'running'}>{text}</Toned>
				<Elapsed row={row} />
			</Box>
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
