import {asPrograms} from '../machine.ts';
import {databaseFolder} from './vira-database.ts';
import {ViraFailure} from './vira-failure.ts';
import type {Opening} from './vira-opening.ts';
import {schemaRefusal, schemaReset, storedSchema} from './vira-words.ts';

/** Deletes the database and the job folders; answers which they were, below the state folder. */
const reset = async ({machine, folder}: Opening): Promise<readonly string[]> => {
	const workspace = `${folder}/workspace`;
	const names = (await machine.files.list(workspace)) ?? [];
	const candidates = [databaseFolder(folder), ...names.map((name) => `${workspace}/${name}/jobs`)];
	const removed: string[] = [];
	for (const path of candidates) {
		if (!(await machine.files.inspect(path))) continue;
		await machine.files.deleteFolder(path, {withContents: true});
		removed.push(path.slice(folder.length));
	}
	return removed;
};

/** Refuses or deletes a state of another schema. */
export const settleSchema = async (request: Opening): Promise<void> => {
	const {machine, folder, given, vira, autoReset, say} = request;
	if (!(await machine.files.inspect(databaseFolder(folder)))) return;
	const stored = storedSchema(await machine.files.readFile(`${folder}/schema-version`, asPrograms));
	const schemas = {stored, current: vira.schema};
	if (stored === vira.schema) return;
	if (!autoReset) {
		await say(schemaRefusal(given, schemas), 'stdout');
		throw new ViraFailure();
	}
	const removed = await reset(request);
	await machine.files.deleteFile(`${folder}/schema-version`);
	await say(
		schemaReset(
			schemas,
			removed.map((path) => `${given}${path}`),
		),
		'stdout',
	);
};
