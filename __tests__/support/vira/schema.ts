import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Failure} from './failure.ts';
import type {Log} from './log.ts';

export interface StateRequest {
	readonly folder: string;
	readonly schemaVersion: number;
	readonly autoReset: boolean;
	readonly log: Log;
}

const reset = (folder: string): void => {
	rmSync(join(folder, 'ViraState'), {recursive: true, force: true});
	const workspace = join(folder, 'workspace');
	if (!existsSync(workspace)) return;
	for (const repository of readdirSync(workspace)) {
		rmSync(join(workspace, repository, 'jobs'), {recursive: true, force: true});
	}
};

const explanation = (found: string, {folder, schemaVersion}: StateRequest): string =>
	[
		`Schema version mismatch: the state has ${found}, this Vira has ${schemaVersion}.`,
		'Start with --auto-reset-state, or remove the state by hand:',
		`  rm -rf ${join(folder, 'ViraState')} ${join(folder, 'workspace')}/*/jobs`,
	].join('\n');

/** Refuses or deletes a state of another schema, then records the schema of this version. */
export const settleSchema = (request: StateRequest): void => {
	const {folder, schemaVersion, autoReset, log} = request;
	const record = join(folder, 'schema-version');
	const found = existsSync(record) ? readFileSync(record, 'utf8').trim() : 'none';
	const differs = existsSync(join(folder, 'ViraState')) && found !== String(schemaVersion);
	if (differs && !autoReset) throw new Failure(explanation(found, request));
	if (differs) {
		log('Warning', `Schema version ${found} is not ${schemaVersion}: the state is deleted`);
		reset(folder);
	}
	writeFileSync(record, String(schemaVersion));
};
