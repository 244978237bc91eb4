import type {Facts} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import {formatSettingsFile} from '../settings/settings-file.ts';
import type {SetupOutcome} from '../steps/execute/outcome.ts';
import type {Proposal} from '../steps/plan/propose.ts';
import type {Existing} from '../platform/installed/situation.ts';

/** A path in the home folder that does not exist yet. */
const freePath = async (system: System, home: string): Promise<string> => {
	for (let number = 1; ; number += 1) {
		const path = `${home}/vira-settings${number === 1 ? '' : `-${number}`}.json`;
		if ((await system.inspect(path)) === undefined) return path;
	}
};

interface Place {
	readonly system: System;
	readonly facts: Facts;
	readonly existing: Existing;
}

/** Writes the settings to a new file for `--config`, without setting up anything. Only the owner can read it. */
export const writeOut = async (
	proposal: Proposal,
	{system, facts, existing}: Place,
): Promise<Extract<SetupOutcome, {outcome: 'written'}>> => {
	const path = await freePath(system, facts.user.home);
	await system.writeFile(path, formatSettingsFile(proposal.settings, existing.saved?.unknown), 0o600);
	return {outcome: 'written', proposal, path};
};
