import {bodyOf} from './body-lines.ts';
import {footerLine, moreText, ruleLine, titleLine, type Title} from './frame-lines.ts';
import {hintsOf} from './keys.ts';
import {layoutOf} from './layout.ts';
import type {Line} from './line.ts';
import type {WizardState} from './wizard-model.ts';

/** Every line of the screen, from top to bottom. */
export const screenLines = (state: WizardState, title: Title): readonly Line[] => {
	const layout = layoutOf(state.size);
	const body = bodyOf(state);
	const more = moreText(body.top, body.lines.length, body.height);
	const rule = layout.compact ? [] : [ruleLine(layout)];
	const shown = body.lines.slice(body.top, body.top + body.height);
	return [
		titleLine(title, state, layout.width),
		...rule,
		...shown,
		...Array<Line>(body.height - shown.length).fill([]),
		...body.fixed,
		...rule,
		footerLine(hintsOf(state), more, layout.width),
	];
};
