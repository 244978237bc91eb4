import {commandText} from '../command-text.ts';
import {nothing, problem, type Check} from '../service-manager/check.ts';
import {findPlace, whyNoFolder} from '../place.ts';

/**
 * Other installers that run with sudo leave ~/Library/LaunchAgents owned by root. Only the gui domain uses that folder:
 * the files of the other two domains are elsewhere.
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
		settings.domain === 'gui' ? 'Use the domain user or system, which do not need it, or fix' : 'Fix';
	// The command is last, so that it can be copied.
	return problem('domain', `${why} The agent file belongs there. ${other} the folder: ${command}`);
};
