import {foundOn} from '../platform/vira/find-installed.ts';
import {defaultSettings} from '../settings/options.ts';
import type {Status} from '../steps/health/survey.ts';
import {isUsable, keptSettings} from '../steps/plan/kept-settings.ts';
import {differenceLines, surveyLines} from '../ui/reports/status-lines.ts';
import type {Menu, MenuChoice} from '../ui/ui.ts';
import {indented} from '../ui/error-report.ts';
import type {JobName} from './overview-jobs.ts';

/** The next step of the wizard after the overview. */
export type Next = 'change' | 'repair' | 'rollback' | 'uninstall' | 'leave';

type OverviewChoice = MenuChoice<Next | JobName>;

const asks = 'shows the changes and asks';

const choices = {
	change: {key: 'c', value: 'change', label: 'Change the settings'},
	open: {key: 'o', value: 'open', label: 'Open the page in the browser'},
	start: {key: 's', value: 'start', label: 'Start'},
	restart: {key: 'r', value: 'restart', label: 'Restart'},
	// Not the key of the start: the state may change right before someone presses it.
	stop: {key: 't', value: 'stop', label: 'Stop'},
	logs: {key: 'l', value: 'logs', label: 'Show the log'},
	doctor: {key: 'd', value: 'doctor', label: 'Run all checks and suggest fixes'},
	rollback: {key: 'p', value: 'rollback', label: 'Restore the previous settings', note: asks},
	uninstall: {key: 'u', value: 'uninstall', label: 'Uninstall', note: asks},
	leave: {key: 'q', value: 'leave', label: 'Quit'},
} as const satisfies Readonly<Record<string, OverviewChoice>>;

const canGoBack = ({installation, facts}: Status): boolean =>
	installation.is === 'there' && keptSettings(installation.existing, facts).some(isUsable);

/** The most likely choice first, for Enter. */
const choicesFor = (status: Status): readonly OverviewChoice[] => {
	const {change, open, start, restart, stop, logs, doctor, rollback, uninstall, leave} = choices;
	const {service, drift, url} = status;
	const diagnosis = status.diagnosis?.asStopped ? undefined : status.diagnosis;
	const runs = service.active === 'active' || service.active === 'activating';
	const label = diagnosis ? 'Fix the problem' : 'Fix what differs';
	const repair: OverviewChoice = {key: 'f', value: 'repair', label, note: asks};
	const isStopped = !runs && !diagnosis && drift.length === 0;
	return [
		...(isStopped ? [start] : []),
		...(diagnosis ? [repair, change] : drift.length > 0 ? [change, repair] : [change]),
		...(service.active === 'active' && url !== undefined ? [open] : []),
		...(runs ? [restart, stop] : isStopped ? [] : [start]),
		...[logs, doctor],
		...(canGoBack(status) ? [rollback] : []),
		...[uninstall, leave],
	];
};

/** The settings that differ from the defaults. */
const settingLines = ({installation, facts}: Status): readonly string[] => {
	if (installation.is !== 'there') return [];
	const different = differenceLines(installation.settings, defaultSettings(foundOn(facts)));
	return different.length > 0
		? ['Changed from the defaults:', ...indented(different)]
		: ['All settings are defaults.'];
};

/** The state of the service and its settings, and what can be done. `news`: what was just done, or failed. */
export const overviewMenu = (status: Status, news?: string): Menu<Next | JobName> => {
	const [state, ...problems] = surveyLines(status);
	return {
		after: 'survey',
		facts: status.facts,
		lines: [state, ...(news === undefined ? [] : [news]), '', ...problems],
		details: settingLines(status),
		choices: choicesFor(status),
		leave: 'leave',
	};
};
