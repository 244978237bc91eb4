import {stateFolderOf} from '../../platform/service.ts';
import type {Repositories} from '../../platform/vira-export.ts';
import {maskLooks} from '../../settings/secret-looks.ts';
import type {Warning} from '../../settings/warning.ts';
import {look} from '../place.ts';
import {nothing, type Remarks, type Subject} from './check.ts';
import {appliedLast, findKnown, type Known, type Seen} from './known-repositories.ts';

/** The names that Vira has with another URL than the wanted one, and that URL. */
export const conflictsIn = (
	known: Repositories,
	wanted: Repositories,
): readonly (readonly [string, string])[] =>
	Object.entries(wanted).flatMap(([name, url]) => {
		const has = Object.hasOwn(known, name) ? known[name] : undefined;
		return has === undefined || has === url ? [] : [[name, has] as const];
	});

/** Of a Vira that was asked. */
export const notAsked =
	'Vira does not say which repositories it has. If it has one of yours with another URL, it refuses to start.';

const onItsPage = "Keep that URL, use another name, or delete the repository on Vira's page first.";

/** `way`: how the person gets out of it. */
export const conflictMessage = (name: string, url: string, way = onItsPage): string =>
	`Vira has a repository ${name} with another URL, ${maskLooks(url)}, and would refuse to start. ${way}`;

/** A page that does not answer says nothing of what was deleted on it; a Vira that is stopped has no page. */
const waysOut: Readonly<Record<Seen, string>> = {
	page: onItsPage,
	state:
		"Keep that URL, or use another name. To give it this one: leave it out for now, delete it on Vira's page, and add it again.",
	settings:
		"Keep that URL, use another name, or delete the repository on Vira's page, stop Vira (vira-setup stop) and start vira-setup again, which then asks Vira itself.",
};

const conflictProblems = (known: Known, {settings}: Subject): Remarks['problems'] =>
	conflictsIn(known.repositories, settings.repositories).map(([name, url]) => ({
		option: 'repositories' as const,
		item: name,
		message: conflictMessage(name, url, waysOut[known.seenIn(name)]),
		reason: 'repository-conflict' as const,
	}));

/** What was taken out of the settings is not taken out of Vira, which may surprise. */
const leftIn = ({repositories}: Known, subject: Subject): readonly Warning[] =>
	Object.keys(appliedLast(subject))
		.filter(
			(name) => Object.hasOwn(repositories, name) && !Object.hasOwn(subject.settings.repositories, name),
		)
		.map((name) => ({
			code: 'repository-stays',
			option: 'repositories',
			message: `The repository ${name} stays in Vira: settings only add repositories.`,
			fixes: ["Remove it on Vira's page."],
		}));

/** Vira refuses to start when it has a repository of a wanted name with another URL: that can be foreseen. */
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
		warnings: [...(known.isSilent ? [open] : []), ...leftIn(known, subject)],
	};
};
