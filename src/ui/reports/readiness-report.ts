import {fixText, type Fix, type Notice} from '../../notice.ts';
import {exitCode, SetupError} from '../../errors.ts';
import {nameInFile} from '../../settings/settings-file.ts';
import type {BuildCheck} from '../../steps/readiness/build-check.ts';
import {printable, printableLines} from '../text.ts';
import {noticeJson, type NoticeDocument} from '../scripted/json-text.ts';

const levelSigns: Readonly<Record<Notice['level'], string>> = {ok: '✔', note: '·', warning: '!', error: '✖'};

/** A result with its fixes, each on its own line. */
export const noticeLines = ({
	level,
	message,
	detail = '',
	fixes = [],
}: Pick<Notice, 'level' | 'message' | 'detail' | 'fixes'>): readonly string[] => {
	const more = level === 'ok' ? [] : printableLines(detail).filter((line) => line !== '');
	const shown: readonly Fix[] = level === 'ok' ? [] : fixes;
	return [
		`${levelSigns[level]} ${message.replace(/\.$/u, level === 'ok' ? '' : '.')}`,
		...more.map((line) => `  ${line}`),
		...shown.map((fix) => `    ${fixText(fix)}`),
	];
};

const isReady = ({code}: BuildCheck): boolean => code === 'repository-ready';

/** Repositories that can be read share a line. */
export const readinessLines = (checks: readonly BuildCheck[]): readonly string[] => {
	const ready = checks.filter(isReady);
	const [first] = ready;
	const all = {level: 'ok', message: `git can read ${ready.length} repositories`} as const;
	return checks
		.flatMap((check) => {
			if (!isReady(check)) return noticeLines(check);
			return check === first ? noticeLines(ready.length === 1 ? check : all) : [];
		})
		.map(printable);
};

/** What keeps builds from succeeding, below the end of a run; nothing if nothing does. */
export const buildsWords = (amiss: readonly BuildCheck[]): readonly string[] =>
	amiss.length === 0 ? [] : ['', 'Before the first build can succeed:', ...readinessLines(amiss)];

/** As every document has it. */
export const readinessJson = (checks: readonly BuildCheck[]): readonly NoticeDocument[] =>
	checks.map(({group, option, item, ...check}) => ({
		...noticeJson(check),
		group,
		...(option && {setting: nameInFile(option)}),
		...(item !== undefined && {item}),
	}));

/** Throws if a script demands a machine that can build, and this one cannot. */
export const demandReady = (checks: readonly BuildCheck[]): void => {
	const errors = checks.filter(({level}) => level === 'error');
	if (errors.length === 0) return;
	throw new SetupError({
		message: errors.map(({message}) => message).join('\n'),
		detail: 'Builds would fail (--require-ready).',
		fixes: errors.flatMap(({fixes = []}) => fixes),
		exit: exitCode.unsuitable,
	});
};
