import type {Manager, StatusWords} from '../service-manager/service-manager.ts';
import {unitDrift} from './drift.ts';
import {isForService} from './unit/drop-in.ts';
import type {LinuxMachine} from './facts.ts';
import {whyBySystemd} from './diagnosis/said-by-systemd.ts';

const statusOf = ({linux: {lingering}, user}: LinuxMachine): StatusWords => ({
	onlyAtLogin: 'no: only when you log in',
	absent: `the systemd user manager of ${user.name} is not running`,
	fact: () => ({
		good: lingering,
		label: 'Lingering',
		value: lingering
			? `on: ${user.name}'s services run without a login`
			: `off: ${user.name}'s services stop after the last logout`,
	}),
	fields: {lingering},
});

/** What a report on the service shows of systemd. */
export const unitReports = (
	facts: LinuxMachine,
): Pick<Manager, 'explainLog' | 'status' | 'drift' | 'dropIns'> => ({
	explainLog: whyBySystemd,
	status: statusOf(facts),
	drift: unitDrift(facts),
	dropIns: facts.service.dropIns.filter((path) => isForService(path, facts.user.home)),
});
