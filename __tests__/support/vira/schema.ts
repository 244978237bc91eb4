import {existsSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {schemaRefusal, schemaReset, storedSchema} from '../../../src/simulator/vira/vira-words.ts';
import {Failure} from './failure.ts';
import {print} from './log.ts';

export interface StateRequest {
	readonly folder: string;
	readonly schemaVersion: number;
	readonly autoReset: boolean;
}

/** Deletes the database and the job folders, and returns which they were. */
const reset = (folder: string): readonly string[] => {
	const workspace = join(folder, 'workspace');
	const names = existsSync(workspace) ? readdirSync(workspace) : [];
	const removed = ['ViraState', ...names.map((name) => `workspace/${name}/jobs`)]
		.map((path) => `${folder}/${path}`)
		.filter((path) => existsSync(path));
	for (const path of removed) rmSync(path, {recursive: true});
	rmSync(join(folder, 'schema-version'), {force: true});
	return removed;
};

/** Refuses or deletes a state of another schema. */
export const settleSchema = ({folder, schemaVersion, autoReset}: StateRequest): void => {
	if (!existsSync(join(folder, 'ViraState'))) return;
	const record = join(folder, 'schema-version');
	const stored = storedSchema(existsSync(record) ? readFileSync(record, 'utf8') : undefined);
	const schemas = {stored, current: schemaVersion};
	if (stored === schemaVersion) return;
	if (!autoReset) {
		print(schemaRefusal(folder, schemas));
		throw new Failure();
	}
	print(schemaReset(schemas, reset(folder)));
};
