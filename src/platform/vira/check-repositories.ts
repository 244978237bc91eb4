import {stateFolderOf} from '../service.ts';
import type {Repositories} from './vira-state.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Warning} from '../../settings/warning.ts';
import {look} from '../paths.ts';
import {nothing, type Remarks, type Subject} from '../service-manager/check.ts';
import {appliedLast, findKnown, type KnownRepositories, type Seen} from './known-repositories.ts';

/** The names that Vira already uses for another URL, and that URL. */
export const conflictsIn = (
	known: Repositories,
	wanted: Repositories,
): readonly (readonly [string, string])[] =>
	Object.entries(wanted).flatMap(([name, url]) => {
		const has = Object.hasOwn(known, name) ? known[name] : undefined;
		return has === undefined || has === url ? [] : [[name, has] as const];
	});

/** Vira was asked, but did not respond. */
export const notAsked =
	'Could not list the repositories in Vira. If Vira has one of yours with another URL, it refuses to start.';

const onItsPage = "Keep that URL, use another name, or first delete the repository on Vira's page.";

/** `way`: the fix. */
export const conflictMessage = (name: string, url: string, way = onItsPage): string =>
	`Vira already has the repository "${name}" with another URL (${maskLooks(url)}) and would refuse to start. ${way}`;

/** Repositories may have been deleted on a page that does not respond; a stopped Vira has no page. */
const waysOut: Readonly<Record<Seen, string>> = {
	page: onItsPage,
	state:
		"Keep that URL, or use another name. To change the URL: remove it from the settings, delete it on Vira's page, and add it again.",
	settings:
		"Keep that URL, use another name, or delete the repository on Vira's page, stop Vira (vira-setup stop) and run vira-setup again, which then asks Vira directly.",
};

const conflictProblems = (known: KnownRepositories, {settings}: Subject): Remarks['problems'] =>
	conflictsIn(known.repositories, settings.repositories).map(([name, url]) => ({
		option: 'repositories' as const,
		item: name,
		message: conflictMessage(name, url, waysOut[known.seenIn(name)]),
		reason: 'repository-conflict' as const,
	}));

/** Removing a repository from the settings does not remove it from Vira. */
const leftInVira = ({repositories}: KnownRepositories, subject: Subject): readonly Warning[] =>
	Object.keys(appliedLast(subject))
		.filter(
			(name) => Object.hasOwn(repositories, name) && !Object.hasOwn(subject.settings.repositories, name),
		)
		.map((name) => ({
			code: 'repository-stays',
			option: 'repositories',
			message: `The repository "${name}" stays in Vira: settings only add repositories.`,
			fixes: [{say: "Delete it on Vira's page."}],
		}));

/** Vira refuses to start if it has a wanted repository with another URL: this can be checked before. */
export const checkRepositories = async (program: string, subject: Subject): Promise<Remarks> => {
	const {system, settings, facts} = subject;
	const names = [...new Set([settings.repositories, appliedLast(subject)].flatMap(Object.keys))];
	if (names.length === 0) return nothing;
	const database = await look(system, `${stateFolderOf(settings, facts)}/ViraState`);
	if (!database) return nothing;
	const known = await findKnown(program, names, subject);
	const open: Warning = {code: 'repositories-not-asked', option: 'repositories', message: notAsked};
	return {
		problems: conflictProblems(known, subject),
		warnings: [...(known.isSilent ? [open] : []), ...leftInVira(known, subject)],
	};
};
