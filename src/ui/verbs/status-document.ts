import type {Facts} from '../../platform/facts.ts';
import {loadedIn} from '../../platform/macos/agents.ts';
import type {Diagnosed} from '../../steps/manager.ts';
import {proxyOf} from '../../steps/status/proxy.ts';
import type {Status} from '../../steps/status/survey.ts';
import {errorPart, type Document} from '../scripted/document.ts';

/** What only one of the platforms has; null on the other. */
const ofPlatform = (facts: Facts): Document =>
	facts.platform === 'linux'
		? {lingering: facts.linux.lingering, domains: null, session: null}
		: {lingering: null, domains: loadedIn(facts.mac.agents), session: facts.mac.screen.session};

const isoTime = (at: number | undefined): string | null =>
	at === undefined ? null : new Date(at).toISOString();

const diagnosisPart = ({code, title, detail, fixes}: Diagnosed): Document => ({
	code,
	message: [title, detail].filter((one) => one !== '').join(' '),
	fixes,
});

/** Whatever `status` tells, each fact in a field of its own; null stands for what is not known, or is not there. */
export const statusDocument = (status: Status, {simulation}: {readonly simulation: boolean}): Document => {
	const {facts, installation, service, vitals, persistence, url, page, drift, healthy, mask} = status;
	return {
		schema: 1,
		outcome: 'status',
		...(simulation && {simulation: true}),
		changed: false,
		healthy,
		installed: installation.is !== 'nothing',
		enabled: service.enabled ?? null,
		masked: service.masked,
		loaded: vitals.loaded ?? null,
		running: status.unclear ? null : service.active === 'active',
		state: service.active,
		ending: vitals.ending ?? null,
		answering: page?.good ?? null,
		page: page ? mask(page.message) : null,
		process: service.mainPid ?? null,
		since: isoTime(vitals.since),
		restarts: service.active === 'unknown' ? null : service.restarts,
		memoryBytes: vitals.memory ?? null,
		url: url ?? null,
		proxy: proxyOf(status) ?? null,
		serviceFile: service.file ?? null,
		dropIns: service.dropIns,
		managedBy: facts.managedBy?.by ?? null,
		...ofPlatform(facts),
		startsAtBoot: persistence.startsAtBoot ?? null,
		survivesLogout: persistence.survivesLogout,
		nextStart: {when: status.nextStart.when, message: status.nextStart.message},
		diagnosis: status.diagnosis ? diagnosisPart(status.diagnosis) : null,
		drift: drift.map(({code, message, fixes}) => ({code, message: mask(message), fixes: fixes ?? null})),
		...(installation.is === 'unreadable' && {error: errorPart(installation.complaint, mask)}),
	};
};
