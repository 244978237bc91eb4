import {Box, measureElement, type DOMElement} from 'ink';
import {
	createContext,
	useCallback,
	useContext,
	useLayoutEffect,
	useRef,
	useState,
	type ReactNode,
	type Ref,
	type RefObject,
} from 'react';
import {isDeepStrictEqual} from 'node:util';
import {clamp} from '../../clamp.ts';
import {isNear, topOf} from '../scroll.ts';
import {useLayout, useWizard} from './context.ts';
import {focusMark, type TextRow} from './rows.ts';
import {Blank, Pieces, Rows} from './toned.tsx';
import type {Viewport} from '../layout.ts';

/** The parts of a ScrollView that are measured. */
interface Parts {
	readonly rows: Map<string, DOMElement>;
	readonly list: RefObject<DOMElement | null>;
}

const PartsContext = createContext<Parts | undefined>(undefined);

/** For a row that can have the focus: the view scrolls to it. */
export const useRow = (name: string): Ref<DOMElement> => {
	const rows = useContext(PartsContext)?.rows;
	return useCallback(
		(element: DOMElement | null) => {
			if (element) rows?.set(name, element);
			return () => {
				rows?.delete(name);
			};
		},
		[rows, name],
	);
};

interface LineProps {
	readonly name: string;
	readonly width?: number;
	readonly children: ReactNode;
}

/** A line that can have the focus. Far out of sight, only its place is kept: Ink takes long for what it then cuts off. */
export const Line = ({name, width, children}: LineProps) => {
	const {state} = useWizard();
	return (
		<Box ref={useRow(name)} {...(width !== undefined && {width})} height={1} flexShrink={0}>
			{isNear(state, name) && children}
		</Box>
	);
};

interface FocusRowProps {
	readonly name: string;
	readonly here: boolean;
	readonly row: TextRow;
}

/** A line of text that can have the focus. */
export const FocusRow = ({name, here, row}: FocusRowProps) => (
	<Line name={name}>
		<Pieces row={[focusMark(here), ...row]} />
	</Line>
);

/** How far the lines around a component are scrolled; undefined: they never scroll. */
export const useScrollTop = (): number | undefined => {
	const {state} = useWizard();
	return useContext(PartsContext) && topOf(state);
};

/** Where something in a row is in the layout, as far as that is known already. */
export const useExpected = (
	name: string,
	x: number,
): {readonly x: number; readonly y: number} | undefined => {
	const {view} = useWizard().state;
	const {compact} = useLayout();
	const line = view.rows[name];
	return line === undefined ? undefined : {x, y: line + (compact ? 1 : 2)};
};

interface ScrollViewProps {
	readonly children: ReactNode;
	/** What is below the lines, or scrolls with them. */
	readonly foot?: RefObject<DOMElement | null>;
}

/** Lines that scroll: to the focus, or by the page keys. What it measures goes to the state, which decides. */
export const ScrollView = ({children, foot}: ScrollViewProps) => {
	const {state, send} = useWizard();
	const view = useRef<DOMElement>(null);
	const content = useRef<DOMElement>(null);
	const list = useRef<DOMElement>(null);
	const [parts] = useState(() => ({rows: new Map<string, DOMElement>(), list}));
	useLayoutEffect(() => {
		if (!view.current || !content.current) return;
		const {y, height} = measureElement(content.current);
		const lineOf = (element: DOMElement): number => measureElement(element).y - y;
		const seen: Viewport = {
			isLaidOut: true,
			height: measureElement(view.current).height,
			content: height,
			rows: Object.fromEntries([...parts.rows].map(([name, element]) => [name, lineOf(element)])),
			list: list.current ? lineOf(list.current) : 0,
			foot: foot?.current ? measureElement(foot.current).height : 0,
		};
		if (!isDeepStrictEqual(seen, state.view)) send({type: 'measured', view: seen});
	});
	return (
		<Box
			ref={view}
			flexDirection="column"
			flexGrow={1}
			flexBasis={0}
			// Without any height, nothing in it would be laid out.
			minHeight={1}
			overflowY="hidden"
			contentOffsetY={topOf(state)}
		>
			<Box ref={content} flexDirection="column" flexShrink={0}>
				<PartsContext value={parts}>{children}</PartsContext>
			</Box>
		</Box>
	);
};

/** A text of any length inside a ScrollView: only the visible rows are drawn. */
export const LongText = ({rows}: {readonly rows: readonly TextRow[]}) => {
	const {state} = useWizard();
	const {bodyHeight} = useLayout();
	const parts = useContext(PartsContext);
	const first = clamp(topOf(state) - state.view.list, 0, rows.length);
	const shown = rows.slice(first, first + (state.view.height || bodyHeight));
	return (
		<Box
			ref={parts?.list ?? null}
			flexDirection="column"
			flexShrink={0}
			height={rows.length}
			paddingTop={first}
		>
			<Rows rows={shown} />
		</Box>
	);
};

interface BodyProps {
	/** Stays above the foot. */
	readonly lead?: ReactNode;
	readonly children: ReactNode;
	/** A line that is always visible above the foot. */
	readonly pinned?: ReactNode;
	/** Stays visible below the lines that scroll, if it leaves them room; otherwise it scrolls above them. */
	readonly foot: ReactNode;
}

/** What a screen shows between title and footer. */
export const Body = ({lead, children, pinned, foot}: BodyProps) => {
	const {bodyHeight, compact} = useLayout();
	const {view} = useWizard().state;
	const ref = useRef<DOMElement>(null);
	const divider = pinned ?? (!compact && <Blank />);
	const isLow = view.foot + (divider ? 1 : 0) > bodyHeight / 2;
	const measured = (
		<Box ref={ref} flexDirection="column" flexShrink={0}>
			{foot}
		</Box>
	);
	return (
		<>
			<ScrollView foot={ref}>
				{lead}
				{isLow && measured}
				{isLow && <Blank />}
				{children}
			</ScrollView>
			{isLow ? pinned : divider}
			{!isLow && measured}
		</>
	);
};
