import {launchAgentText, type AgentSetting} from '../../src/platform/launchd/agent/launch-agent.ts';
import {serviceFrom, stateFolderOf, type Service} from '../../src/platform/service.ts';
import {expandHome} from '../../src/settings/value.ts';
import type {Settings} from '../../src/settings/options.ts';
import {mac} from '../support/mac.ts';

const facts = mac();

/** A service, and its property list. */
export interface Agent {
	readonly service: Service;
	/** Whether it waits for the Nix store. */
	readonly waits: boolean;
	readonly text: string;
}

/** Settings as the agent of a domain; one in four has its program in the Nix store, and waits for it. */
export const agentOf = (settings: Settings, index: number, domain: AgentSetting['domain']): Agent => {
	const program = expandHome(settings.package, facts.user.home);
	const service = serviceFrom(settings, facts, program);
	const waits = index % 4 === 0;
	const text = launchAgentText(service, {
		domain,
		user: facts.user,
		realProgram: waits ? '/nix/store/0-vira/bin/vira' : program,
		folder: stateFolderOf(settings, facts),
		logFile: '/Users/alice/Library/Logs/vira.log',
	});
	return {service, waits, text};
};
