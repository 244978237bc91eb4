import {Box, measureElement, type DOMElement} from 'ink';
import {
	createContext,
	useContext,
	useLayoutEffect,
	useRef,
	useState,
	type ReactNode,
	type RefObject,
} from 'react';
import {topOf, type Viewport} from '../scroll.ts';
import {useLayout, useWizard} from './context.ts';
import {Blank, Rows} from './toned.tsx';
import type {Row} from './rows.ts';

type Ref = RefObject<DOMElement | null>;

/** The parts of a ScrollView that it follows. */
interface Parts {
	readonly focus: Ref;
	readonly list: Ref;
}

const PartsContext = createContext<Parts | undefined>(undefined);

/** For the element with the focus: the view scrolls to it. */
export const useFocusRef = (here: boolean): Ref | undefined => {
	const parts = useContext(PartsContext);
	return here ? parts?.focus : undefined;
};

/** How far the lines around a component are scrolled, and how many are in sight; undefined: they never scroll. */
export const useScroll = (): {readonly top: number; readonly height: number} | undefined => {
	const {state} = useWizard();
	return useContext(PartsContext) && {top: topOf(state), height: state.view.height};
};

const isSame = (one: Viewport, other: Viewport): boolean =>
	one.height === other.height &&
	one.content === other.content &&
	one.focus === other.focus &&
	one.list === other.list;

/** Lines that scroll: to the focus, or by the page keys. What it measures goes to the state, which decides. */
export const ScrollView = ({children}: {readonly children: ReactNode}) => {
	const {state, send} = useWizard();
	const view = useRef<DOMElement>(null);
	const content = useRef<DOMElement>(null);
	const focus = useRef<DOMElement>(null);
	const list = useRef<DOMElement>(null);
	useLayoutEffect(() => {
		if (!view.current || !content.current) return;
		const {y, height} = measureElement(content.current);
		const lineOf = ({current}: Ref): number | undefined =>
			current ? measureElement(current).y - y : undefined;
		const seen: Viewport = {
			height: measureElement(view.current).height,
			content: height,
			focus: lineOf(focus),
			list: lineOf(list) ?? 0,
		};
		if (!isSame(seen, state.view)) send({type: 'measured', view: seen});
	});
	const [parts] = useState({focus, list});
	return (
		<Box ref={view} flexDirection="column" flexGrow={1} overflow="hidden" contentOffsetY={topOf(state)}>
			<Box ref={content} flexDirection="column" flexShrink={0}>
				<PartsContext value={parts}>{children}</PartsContext>
			</Box>
		</Box>
	);
};

/** A text of any length inside a ScrollView: only the rows in sight are drawn. */
export const LongText = ({rows}: {readonly rows: readonly Row[]}) => {
	const {state} = useWizard();
	const {bodyHeight} = useLayout();
	const parts = useContext(PartsContext);
	const {top, height} = useScroll() ?? {top: 0, height: rows.length};
	const first = Math.max(0, Math.min(top - state.view.list, rows.length));
	const shown = rows.slice(first, first + (height || bodyHeight));
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
	/** A line that is always in sight above the foot. */
	readonly pinned?: ReactNode;
	/** Stays in sight below the lines that scroll, if it leaves them room; otherwise it scrolls above them. */
	readonly foot: ReactNode;
}

/** What a screen shows between title and footer. */
export const Body = ({lead, children, pinned, foot}: BodyProps) => {
	const {bodyHeight, compact} = useLayout();
	const ref = useRef<DOMElement>(null);
	const [height, setHeight] = useState(0);
	useLayoutEffect(() => {
		if (ref.current) setHeight(measureElement(ref.current).height);
	});
	const divider = pinned ?? (!compact && <Blank />);
	const isLow = height + (divider ? 1 : 0) > bodyHeight / 2;
	const measured = (
		<Box ref={ref} flexDirection="column" flexShrink={0}>
			{foot}
		</Box>
	);
	return (
		<>
			<ScrollView>
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
