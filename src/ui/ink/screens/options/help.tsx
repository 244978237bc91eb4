import {Box} from 'ink';
import {Fragment} from 'react';
import {flags, variableOf} from '../../../../settings/flags.ts';
import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {nameInFile} from '../../../../settings/settings-file.ts';
import {checking} from '../../../words/phrases.ts';
import {useLayout} from '../../components/context.ts';
import {sentenceRows, type TextRow} from '../../components/rows.ts';
import {cut, visible} from '../../../text.ts';
import {Blank, Rows, Sentence, Toned} from '../../components/toned.tsx';
import {ScrollView} from '../../components/scroll-view.tsx';
import {TypedText} from '../../components/typed-text.tsx';
import {rowsLeft} from '../../../form/open-items.ts';
import {optionAt, standingOf, type FormState} from '../../../form/form.ts';
import {askedOf, filteredOf} from '../../../form/spots.ts';
import {BuildsLine} from '../builds/view.tsx';
import {valueText} from './value.tsx';

/** The default and the saved value. */
const standingText = (form: FormState, name: OptionName): string | undefined => {
	const standing = standingOf(form, name);
	if (standing === 'default') return undefined;
	const was = standing === 'changed' && form.saved ? [`saved: ${valueText(name, form.saved[name])}`] : [];
	return [`Default: ${valueText(name, form.defaults[name])}`, ...was].join(' · ');
};

const namesText = (name: OptionName): string => {
	const flag = flags.find(({option}) => option === name);
	const known = flag ? [`--${flag.name}`, variableOf(flag)] : [];
	return `In a script: ${[...known, `or "${nameInFile(name)}" in the --config file`].join(', ')}.`;
};

const continueHelp = [
	'Shows what vira-setup would do. Nothing changes before you accept it.',
	'To change a setting first, press ↓. / finds an option.',
];

const headingHelp = ['Enter opens or closes the group. / finds an option.'];

const keysHelp = [
	'Text fields use the editing keys of a shell: Ctrl-A, E, K, U and W, and Ctrl or Alt with the arrow keys. Tab completes a path.',
	'Ctrl-S continues from anywhere, Ctrl-R undoes a change, Ctrl-N goes to the next problem, Ctrl-Z suspends. Each line pasted into a list becomes an item.',
];

/** The help of the focused line by paragraphs, the most important first. */
const paragraphsOf = (form: FormState): readonly string[] => {
	const name = optionAt(form);
	if (name === undefined) return form.focus === 'continue' ? continueHelp : headingHelp;
	const {help, why} = optionOf(name);
	return [help, standingText(form, name), why].flatMap((text) => text ?? []);
};

/** As many paragraphs as fit, but at least the first. */
const helpRows = (form: FormState, width: number, height: number): readonly TextRow[] => {
	const rows: TextRow[] = [];
	for (const [index, text] of paragraphsOf(form).entries()) {
		const one = sentenceRows(text, {width, ...(index > 0 && {style: {tone: 'quiet'}})});
		if (rows.length === 0 || rows.length + one.length <= height) rows.push(...one);
	}
	return rows.slice(0, Math.max(height, 0));
};

/** All of the help, over the whole body. */
export const HelpPage = ({form}: {readonly form: FormState}) => {
	const name = optionAt(form);
	const more = name === undefined ? keysHelp : [namesText(name)];
	return (
		<ScrollView>
			{name !== undefined && <Toned bold>{optionOf(name).label}</Toned>}
			{[...paragraphsOf(form), ...more].map((text, index) => (
				<Fragment key={index}>
					{index > 0 && <Blank />}
					<Sentence>{text}</Sentence>
				</Fragment>
			))}
		</ScrollView>
	);
};

/** The candidates, by the last part of each path. */
const candidateRows = (candidates: readonly string[], width: number, height: number): readonly TextRow[] => {
	const names = candidates.map((path) => visible(/[^/]*\/?$/u.exec(path)?.[0] ?? path));
	const rows = sentenceRows(names.slice(0, 200).join('   '), {width});
	if (rows.length <= height) return rows;
	const last = rows.slice(height - 1, height + 1).flatMap((row) => row.map(({text}) => text));
	return [...rows.slice(0, height - 1), [{text: `${cut(last.join('   '), width - 2)} …`}]];
};

/** The text that finds options or items, and how many it finds. */
const Find = ({form: {items, filter}, form}: {readonly form: FormState}) => {
	const edited = items?.filter ?? filter?.edited;
	if (!edited) return null;
	const [left, all] = items?.filter ? [rowsLeft(form), items.texts] : [filteredOf(form), askedOf(form)];
	return (
		<Box height={1}>
			<Toned bold>{'Find: '}</Toned>
			<TypedText edited={edited} width={20} />
			<Toned tone="quiet">{left.length === 0 ? '   no matches' : `   ${left.length} of ${all.length}`}</Toned>
		</Box>
	);
};

interface HelpProps {
	readonly form: FormState;
	/** Whether the settings are being checked. */
	readonly looking: boolean;
}

/** The help of the focused line, and the filter or the candidates while there are any. */
export const Help = ({form, looking}: HelpProps) => {
	const {width, compact, helpHeight: height} = useLayout();
	const room = height - (form.items?.filter || form.filter ? 1 : 0);
	const candidates = form.completion?.candidates;
	const rows = candidates ? candidateRows(candidates, width, room) : helpRows(form, width, room);
	return (
		<>
			{!compact && <BuildsLine />}
			<Box flexDirection="column" flexShrink={0} minHeight={height}>
				{looking ? (
					<Toned bold>{checking}</Toned>
				) : (
					<>
						<Find form={form} />
						<Rows rows={rows} />
					</>
				)}
			</Box>
		</>
	);
};
