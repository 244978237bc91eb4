import {Box} from 'ink';
import {useLayout, useWizard} from './context.ts';
import {betweenCrumbs, titlesOf, type Title} from './title.ts';
import {Fixed, Toned} from './toned.tsx';

export const TitleBar = ({title}: {readonly title: Title}) => {
	const {state} = useWizard();
	const {width} = useLayout();
	const {name, crumbs} = titlesOf(title, state, width);
	return (
		<Box flexShrink={0} justifyContent="space-between">
			<Toned bold>{name}</Toned>
			<Box>
				{crumbs.map((crumb, index) => (
					<Box key={index}>
						{index > 0 && <Toned tone="quiet">{betweenCrumbs}</Toned>}
						{crumb.startsWith('[') ? (
							<Toned tone="accent" bold>
								{crumb}
							</Toned>
						) : (
							<Fixed tone="quiet">{crumb}</Fixed>
						)}
					</Box>
				))}
			</Box>
		</Box>
	);
};
