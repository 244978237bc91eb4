import {exitCode, type ExitCode} from '../errors.ts';
import {detect} from '../steps/detect.ts';
import {onceStarted, survey, proxyOf, type Status} from '../steps/health/survey.ts';
import type {Output} from '../ui/output.ts';
import {statusLines} from '../ui/reports/status-lines.ts';
import {tell} from '../ui/reports/tell.ts';
import {kindOf, type CommandRun} from '../command-line/request.ts';
import type {Facts} from '../platform/facts.ts';
import {documentSchema, noticeJson} from '../ui/scripted/json-text.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {isGrave} from '../steps/health/check-setup.ts';
import type {Drift} from '../steps/health/drift-of-files.ts';
import {errorPart, type Document} from '../ui/scripted/document.ts';

/** What only one of the service managers has; null with the others. */
const ofManager = (facts: Facts): Document => ({
	lingering: null,
	domains: null,
	desktopSession: null,
	...managerOf(facts).status.fields,
});

const isoTime = (at: number | undefined): string | null =>
	at === undefined ? null : new Date(at).toISOString();

const driftPart = (drift: Drift, status: Status) =>
	noticeJson({level: isGrave(drift, status) ? 'error' : 'warning', ...drift}, status.mask);

/** What its service manager says of it. While it runs, that is a warning. */
const diagnosisPart = ({diagnosis, service}: Status) =>
	diagnosis ? noticeJson({level: service.active === 'active' ? 'warning' : 'error', ...diagnosis}) : null;

/** What `status` shows, each fact in its own field; null stands for what is unknown or does not exist. */
export const statusDocument = (status: Status, {simulation}: {readonly simulation: boolean}): Document => {
	const {facts, installation, service, vitals, persistence, url, page, drift, healthy, mask} = status;
	return {
		schema: documentSchema,
		command: 'status',
		outcome: 'status',
		...(simulation && {simulation: true}),
		changed: false,
		healthy,
		installed: installation.is !== 'nothing',
		enabled: service.enabled ?? null,
		unitMasked: service.masked,
		loaded: vitals.loaded ?? null,
		running: status.unclear ? null : service.active === 'active',
		state: service.active,
		lastExit: vitals.ending ?? null,
		responding: page ? page.level === 'ok' : null,
		page: page ? mask(page.message) : null,
		pid: service.mainPid ?? null,
		since: isoTime(vitals.since),
		restarts: service.active === 'unknown' ? null : service.restarts,
		memoryBytes: vitals.memory ?? null,
		url: url ?? null,
		proxy: proxyOf(status) ?? null,
		serviceFile: service.file ?? null,
		dropIns: service.dropIns,
		managedBy: facts.managedBy?.by ?? null,
		...ofManager(facts),
		startsAtBoot: persistence.startsAtBoot ?? null,
		survivesLogout: persistence.survivesLogout,
		nextStart: {when: status.nextStart.when, message: status.nextStart.message},
		diagnosis: diagnosisPart(status),
		drift: drift.map((one) => driftPart(one, status)),
		...(installation.is === 'unreadable' && {error: errorPart(installation.failure, mask)}),
	};
};

/** Shows the state of the service. Changes nothing. */
export const status = async ({request, system}: CommandRun, output: Output): Promise<ExitCode> => {
	const kind = kindOf(request);
	const seen = await onceStarted(
		system,
		async () => survey(system, await detect(system)),
		(one) => one,
	);
	const lines = statusLines(seen, output.columns);
	tell({lines, document: statusDocument(seen, kind)}, output, kind);
	return seen.healthy ? exitCode.done : exitCode.unwell;
};
