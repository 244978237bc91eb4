import type {LinuxMachine} from '../facts.ts';
import {journal} from './journal.ts';
import type {LogSource} from '../service-manager/log-source.ts';
import {journalComplaint} from './journal-complaints.ts';
import {outputElsewhere} from './output-elsewhere.ts';
import {newestSince} from './newest-since.ts';

/** The service's log is in the journal. */
export const journalOf = ({user, service}: LinuxMachine): LogSource => ({
	name: 'journal',
	refuse: async () => undefined,
	command: async ({lines, since, follow}, system, signal) =>
		lines === undefined || since === undefined
			? journal.show({lines, since, follow})
			: newestSince(system, {lines, since, follow}, signal),
	complain: async (result) => journalComplaint(result, user),
	elsewhere: (system) => outputElsewhere(system, service),
	// journald limits the size of the journal (journald.conf(5), SystemMaxUse).
	growth: async () => undefined,
});
