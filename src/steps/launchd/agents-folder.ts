import {commandText} from '../../platform/command-text.ts';
import {nothing, problem, type Check} from '../checks/check.ts';
import {findPlace, whyNoFolder} from '../place.ts';

/**
 * Other programs that were installed with sudo leave ~/Library/LaunchAgents to root. That is in the way of an agent in
 * it alone: a daemon and a service of the background have their files elsewhere.
 */
export const checkAgentsFolder: Check = async ({system, facts, settings}) => {
	if (facts.platform !== 'macos') return nothing;
	if (settings.domain !== 'gui' && !facts.mac.files.gui) return nothing;
	const {services} = facts.folders;
	const place = await findPlace(system, services);
	const why = await whyNoFolder(system, place);
	if (why === undefined) return nothing;
	const {nearest, found} = place;
	const fixes =
		found.owner === facts.user.uid
			? (['chmod', 'u+rwx', nearest] as const)
			: (['sudo', 'chown', facts.user.name, nearest] as const);
	const isFolder = found.leadsTo === 'folder';
	const command = commandText(isFolder ? fixes : ['mv', nearest, `${nearest}.away`]);
	const other =
		settings.domain === 'gui' ? 'Use the domain user or system, which does without, or mend' : 'Mend';
	// At the end of the line, so that it can be copied.
	return problem('domain', `${why} The agent is to be in it. ${other} that: ${command}`);
};
