import {Box} from 'ink';
import {useLayout, useWizard} from './context.ts';
import type {TextRow} from './rows.ts';
import {betweenCrumbs, titlesOf, type Title} from './title.ts';
import {Pieces, Toned} from './toned.tsx';

/** The name of the program, and the steps; brackets mark the current one for terminals without bold. */
export const TitleBar = ({title}: {readonly title: Title}) => {
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
