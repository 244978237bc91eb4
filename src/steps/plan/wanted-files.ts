import {privateMode} from '../../platform/paths.ts';
import {initialStateText} from '../../platform/service.ts';
import type {Settings} from '../../settings/options.ts';
import {formatSettingsFile} from '../../settings/settings-file.ts';
import type {AfterChange, FileAction} from '../../platform/actions/change-file.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Existing, Situation} from '../../platform/installed/situation.ts';

interface Wanted {
	readonly path: string;
	/** undefined: the file must not exist. */
	readonly content: string | undefined;
	/** Permission bits. */
	readonly mode: number;
	readonly why: string;
	readonly afterChange?: AfterChange;
	/** For a file of root: the file from which root copies it. */
	readonly staged?: string | undefined;
}

export const fileAction = (
	{path, content, mode, why, afterChange, staged}: Wanted,
	{files}: Existing,
): FileAction | undefined => {
	const before = files.get(path);
	const how = {...(afterChange && {afterChange}), ...(staged !== undefined && {staged})};
	if (content === undefined) return before && {does: 'delete-file', path, before, why, ...how};
	if (before?.content === content && before.mode === mode) return undefined;
	return {does: 'write-file', path, mode, content, before, why, ...how};
};

/** The service file at its path, and none at its earlier paths. */
const serviceFiles = (
	settings: Settings,
	{facts, site}: Pick<Situation, 'facts' | 'site'>,
): readonly Wanted[] => {
	const {serviceFile, stagedFor} = managerOf(facts);
	const wanted = serviceFile(settings, {path: site.program, realPath: site.realProgram});
	const others = facts.serviceFiles.filter((path) => path !== wanted.path);
	return [
		{...wanted, why: 'define the service'},
		...others.map((path) => ({...wanted, path, content: undefined, why: 'move the service'})),
	].map((file) => ({...file, staged: stagedFor(file.path)}));
};

export const wantedFiles = (settings: Settings, {facts, existing, site}: Situation): readonly Wanted[] => {
	const paths = filesOf(facts);
	return [
		{
			path: paths.settings,
			content: formatSettingsFile(settings, existing.saved?.unknown),
			mode: privateMode,
			why: 'save your settings',
		},
		{
			path: paths.initialState,
			content: initialStateText(settings),
			mode: privateMode,
			why: 'list the repositories that Vira reads at every start',
		},
		...serviceFiles(settings, {facts, site}),
		{path: paths.staged, content: undefined, mode: privateMode, why: 'remove an old leftover'},
	];
};
