import chalk from 'chalk';
import {Box, Text, render, useApp, useInput, usePaste, type Instance, type SuspendTerminal} from 'ink';
import {useEffect, useLayoutEffect, useMemo, useSyncExternalStore} from 'react';
import {KeyHints} from './components/key-hints.tsx';
import {useLayout, useWizard, WizardContext} from './components/context.ts';
import type {TextRow} from './components/rows.ts';
import {betweenCrumbs, titlesOf, type Title} from './components/title.ts';
import {Pieces, Toned} from './components/toned.tsx';
import {hintsOf} from './keys.ts';
import {BuildsView} from './screens/builds/view.tsx';
import {InstallView, WatchingView} from './screens/install/view.tsx';
import {MachineView, RefuseView} from './screens/machine/view.tsx';
import {MenuView} from './screens/menu/view.tsx';
import {OptionsView} from './screens/options/view.tsx';
import {PreviewView} from './screens/preview/view.tsx';
import {RemovalView} from './screens/removal/view.tsx';
import type {Store} from './wizard-state.ts';
import {strokeOf, type Stroke} from './stroke.ts';
import {checkingMachine} from './terminal/first-frame.ts';

/** What is between title and footer. */
const ScreenBody = () => {
	const {screen, asked, form, removal, install, quit} = useWizard().state;
	switch (screen.at) {
		case 'blank':
		case 'left':
			return <Toned bold>{checkingMachine}</Toned>;
		case 'refuse':
			return <RefuseView refusals={screen.refusals} row={screen.row} />;
		case 'machine':
			return asked && <MachineView asked={asked} row={screen.row} more={screen.more} />;
		case 'options':
		case 'looking':
			return asked && form && <OptionsView asked={asked} form={form} looking={screen.at === 'looking'} />;
		case 'builds':
			return <BuildsView />;
		case 'preview':
			return <PreviewView {...screen} />;
		case 'accepted':
			return <PreviewView proposal={screen.proposal} />;
		case 'removal':
			return removal && <RemovalView proposal={removal.proposal} row={screen.row} sure={screen.sure} />;
		case 'removal-accepted':
			return <RemovalView proposal={screen.proposal} row={0} sure={false} />;
		case 'install':
			return <InstallView install={install} quit={quit} />;
		case 'menu':
		case 'menu-left':
			return <MenuView menu={screen.menu} row={screen.row} />;
		case 'watching':
			return <WatchingView watched={screen.watched} />;
		case 'refused':
			return null;
	}
};

/** The name of the program, and the steps; brackets mark the current one for terminals without bold. */
const TitleBar = ({title}: {readonly title: Title}) => {
	const {state} = useWizard();
	const {width} = useLayout();
	const {name, crumbs} = titlesOf(title, state, width);
	const way = crumbs.flatMap((crumb, index): TextRow => [
		{text: index > 0 ? betweenCrumbs : '', tone: 'quiet'},
		crumb.startsWith('[') ? {text: crumb, tone: 'accent', bold: true} : {text: crumb, tone: 'quiet'},
	]);
	return (
		<Box flexShrink={0} justifyContent="space-between">
			<Toned bold>{name}</Toned>
			<Pieces row={way} />
		</Box>
	);
};

const RuleLine = () => {
	const {width} = useLayout();
	return <Toned tone="quiet">{'─'.repeat(width)}</Toned>;
};

const Frame = ({title}: {readonly title: Title}) => {
	const {state} = useWizard();
	const {compact, tooSmall, bodyHeight} = useLayout();
	const {columns, rows} = state.size;
	if (tooSmall) return <Text wrap="truncate">{`Please enlarge the window (${columns}×${rows}).`}</Text>;
	return (
		<>
			<TitleBar title={title} />
			{!compact && <RuleLine />}
			<Box flexDirection="column" height={bodyHeight} flexShrink={0}>
				<ScreenBody />
			</Box>
			{!compact && <RuleLine />}
			<KeyHints hints={hintsOf(state)} />
		</>
	);
};

interface WizardProps {
	readonly store: Store;
	readonly title: Title;
	readonly colour: boolean;
	/** Called when a change is laid out. */
	readonly onSettled?: () => void;
}

/** Draws the state; all decisions are made elsewhere. */
export const Wizard = ({store, title, colour, onSettled}: WizardProps) => {
	const state = useSyncExternalStore(store.subscribe, store.get);
	const wizard = useMemo(() => ({state, send: store.send, colour}), [state, store, colour]);
	const {columns, rows} = state.size;
	useLayoutEffect(() => onSettled?.());
	return (
		<WizardContext value={wizard}>
			<Box width={columns} height={rows} flexDirection="column">
				<Frame title={title} />
			</Box>
		</WizardContext>
	);
};

interface AppProps extends WizardProps {
	/** Called once, with what lends the terminal to others. */
	readonly onReady: (suspend: SuspendTerminal) => void;
	/** Called for Ctrl-Z. */
	readonly onSuspend: () => void;
}

/** The wizard in a terminal. */
const App = ({onReady, onSuspend, ...wizard}: AppProps) => {
	const {store} = wizard;
	const {suspendTerminal} = useApp();
	const press = (stroke: Stroke | undefined): void => {
		if (stroke) store.send({type: 'pressed', stroke});
	};
	useInput((input, key) => {
		if (key.ctrl && input === 'z') onSuspend();
		else press(strokeOf(input, key));
	});
	usePaste((paste) => {
		if (paste !== '') press({paste});
	});
	useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
	return <Wizard {...wizard} />;
};

interface Drawing extends AppProps {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
}

/** What is on the screen, drawn by Ink. */
export interface Drawn extends Pick<Instance, 'clear' | 'unmount' | 'waitUntilRenderFlush'> {
	/** Draws the state now, and not as soon as React comes to it. */
	readonly redraw: () => void;
}

/** Lets Ink draw the state whenever it changes. */
export const draw = ({stdin, stdout, stderr, ...props}: Drawing): Drawn => {
	// Without colors there is still bold and dim text.
	chalk.level ||= 1;
	const app = <App {...props} />;
	const {rerender, ...instance} = render(app, {
		stdin,
		stdout,
		stderr,
		alternateScreen: true,
		incrementalRendering: true,
		interactive: true,
		exitOnCtrlC: false,
		patchConsole: false,
		isScreenReaderEnabled: false,
		// As soon as possible.
		maxFps: 1000,
	});
	return {...instance, redraw: () => rerender(app)};
};
