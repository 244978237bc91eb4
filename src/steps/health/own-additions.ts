import {isForService} from '../../platform/systemd/unit/drop-in.ts';
import type {Status} from './survey.ts';

/** The person's own drop-ins that override none of our lines: those that do are reported as drift. */
export const ownAdditions = ({
	drift,
	facts: {service, user},
}: Pick<Status, 'drift' | 'facts'>): readonly string[] => {
	const told = drift.map(({dropIn}) => dropIn?.path);
	return service.dropIns.filter((path) => isForService(path, user.home) && !told.includes(path));
};
