import {groups} from '../../../../settings/option.ts';
import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {useLayout, useWizard} from '../../components/context.ts';
import {marks, type TextRow} from '../../components/rows.ts';
import {FocusRow, ScrollView} from '../../components/scroll-view.tsx';
import {Blank, Sentence} from '../../components/toned.tsx';
import {PassedChecks} from '../machine/view.tsx';
import {BuildsLine} from '../builds/view.tsx';
import {answersOf} from '../machine/state.ts';
import {type Asked} from '../../wizard-model.ts';
import {headingOf, standingOf, textsOf, type FormState} from '../../../form/form.ts';
import {isAboutAny, problemCount, problemsAt, warningsAt} from '../../../form/problems.ts';
import {askedOf, sectionsOf, type FormSection} from '../../../form/spots.ts';
import {Help, HelpPage} from './help.tsx';
import {Complaints, Item, Items} from './items.tsx';
import {usualOf} from '../../../form/texts.ts';
import {hasValue, OptionField, valueText} from './value.tsx';

interface FormProps {
	readonly form: FormState;
}

/** Of thousands of problems only the first ones are shown. */
const mostProblems = 3;

const firstOf = (messages: readonly string[]): readonly string[] =>
	messages.length > mostProblems
		? [...messages.slice(0, mostProblems), `${messages.length - mostProblems} more not shown.`]
		: messages;

/** The usual values of a text, and the row that lets type another. */
const Choices = ({name, row}: {readonly name: OptionName; readonly row: number}) => {
	const usual = usualOf(name);
	const width = Math.max(...usual.map(({value}) => value.length));
	const texts = [
		...usual.map(({value, meaning}) => `${value.padEnd(width)}  ${meaning}`),
		'another one, which you type',
	];
	return texts.map((text, index) => <Item key={text} here={index === row} span={{text}} />);
};

/** An option with its items or choices, while they are open, and what is wrong with it. */
const OptionRow = ({form, name}: FormProps & {readonly name: OptionName}) => {
	const {view} = useWizard().state;
	const problems = problemsAt(form, name);
	const here = form.focus === name;
	const open = here ? form.items : undefined;
	const atField = open ? problems.filter((one) => !isAboutAny(one, open.texts)) : problems;
	return (
		<>
			<OptionField form={form} name={name} />
			{open && <Items form={form} name={name} items={open} height={view.height} problems={problems} />}
			{here && form.choosing !== undefined && <Choices name={name} row={form.choosing} />}
			<Complaints
				texts={firstOf(
					atField.map(({message, suggestion}) =>
						here && suggestion !== undefined ? `${message} Enter uses ${suggestion}.` : message,
					),
				)}
			/>
			<Complaints texts={warningsAt(form, name).map(({message}) => message)} sign="!" />
		</>
	);
};

/** The values of a group in a line; changed ones come first because the end may be cut off. */
const summaryOf = (form: FormState, names: readonly OptionName[]): string => {
	const isChanged = (name: OptionName): boolean => standingOf(form, name) === 'changed';
	const phrases = [...names.filter(isChanged), ...names.filter((name) => !isChanged(name))]
		.filter((name) => isChanged(name) || hasValue(name, form.texts[name]))
		.map((name) => {
			const value = `${optionOf(name).label} ${valueText(name, textsOf(form, name))}`;
			return isChanged(name) ? `* ${value}` : value;
		});
	return phrases.length === 0 ? 'nothing set' : phrases.join(' · ');
};

const headingWidth = 15;

const problemsText = (count: number, width: number): string => {
	const problems = `✖ ${count} ${count === 1 ? 'problem' : 'problems'}`;
	return width < 60 ? problems : `${problems} · next problem: Ctrl-N`;
};

/** A collapsed group on one line. */
const foldedRow = (form: FormState, {group, names}: FormSection, width: number): TextRow => {
	const wrong = problemCount(form, names);
	return [
		{text: `▸ ${groups[group]}`.padEnd(headingWidth), bold: true},
		{text: wrong > 0 ? `${problemsText(wrong, width)}  ` : '', tone: 'bad'},
		{text: summaryOf(form, names), tone: 'quiet'},
	];
};

const Heading = ({form, section}: FormProps & {readonly section: FormSection}) => {
	const {width} = useLayout();
	const {group, isOpen} = section;
	const name = headingOf(group);
	const title = `${form.filter ? '' : '▾ '}${groups[group]}`;
	const row = isOpen ? [{text: title, bold: true}] : foldedRow(form, section, width);
	return <FocusRow name={name} here={form.focus === name} row={row} />;
};

/** The groups with their options; blank lines around those that are open. */
const Groups = ({form}: FormProps) => {
	const {compact} = useLayout();
	return sectionsOf(form).map((section, index, all) => {
		const {group, names, isOpen} = section;
		const isApart = !compact && (isOpen || all[index - 1]?.isOpen);
		return [
			isApart && <Blank key={`apart ${group}`} />,
			<Heading key={headingOf(group)} form={form} section={section} />,
			...(isOpen ? names : []).map((name) => <OptionRow key={name} form={form} name={name} />),
		];
	});
};

/** The problems of options that are not visible here. */
const StrayProblems = ({form}: FormProps) =>
	form.told
		.filter(({option}) => !askedOf(form).includes(option))
		.map(({option, message}, index) => (
			<Sentence key={index} mark={marks.error}>{`${optionOf(option).label}: ${message}`}</Sentence>
		));

interface OptionsProps extends FormProps {
	readonly asked: Asked;
	/** Whether the settings are being checked. */
	readonly looking: boolean;
}

/** The whole form, and the help of its focused line. */
export const OptionsView = ({form, asked, looking}: OptionsProps) => {
	const {compact} = useLayout();
	return form.explained ? (
		<HelpPage form={form} />
	) : (
		<>
			<ScrollView>
				{answersOf(asked).length === 0 && <PassedChecks advice={asked.advice} />}
				<StrayProblems form={form} />
				{!form.filter && (
					<FocusRow
						name="continue"
						here={form.focus === 'continue'}
						row={[{text: 'Continue to the preview', bold: true}]}
					/>
				)}
				<Groups form={form} />
				{compact && <BuildsLine />}
			</ScrollView>
			<Help form={form} looking={looking} />
		</>
	);
};
