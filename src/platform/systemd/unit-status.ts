import type {StatusWords} from '../service-manager/service-manager.ts';
import type {LinuxMachine} from './facts.ts';

/** What `status` shows of systemd. */
export const unitStatus = ({linux: {lingering}, user}: LinuxMachine): StatusWords => ({
	disabled: 'no: it does not start automatically',
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
