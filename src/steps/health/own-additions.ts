import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Status} from './survey.ts';

/** The person's own drop-ins that override none of our lines: those that do are reported as drift. */
export const ownAdditions = ({drift, facts}: Pick<Status, 'drift' | 'facts'>): readonly string[] => {
	const told = drift.map(({dropIn}) => dropIn?.path);
	return managerOf(facts).dropIns.filter((path) => !told.includes(path));
};
