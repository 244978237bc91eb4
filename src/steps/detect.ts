import {isAddress} from '../platform/network/address.ts';
import {exitCode, SetupError} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import type {SshServer} from '../platform/machine-facts.ts';
import {ownFolders} from '../platform/installed/our-files.ts';
import {managerKindOn} from '../platform/service-manager/registry.ts';
import type {System} from '../platform/system.ts';

/** `192.0.2.7 52144 192.0.2.20 22`: the client, then this machine (ssh(1), SSH_CONNECTION). */
const sshServerIn = ({SSH_CONNECTION: text = ''}: System['environment']): SshServer | undefined => {
	const [, address = '', port] = /^\S+ \d+ (\S+) ([1-9]\d{0,4})$/u.exec(text) ?? [];
	return isAddress(address) ? {address, port: Number(port)} : undefined;
};

/** All facts that are needed before the first question. Reads only. */
export const detect = async (system: System): Promise<Facts> => {
	const kind = await managerKindOn(system);
	if (!kind)
		throw new SetupError({
			message: 'vira-setup supports only Linux and macOS.',
			fixes: [{say: 'shows it on a simulated machine', command: 'vira-setup --simulate linux'}],
			exit: exitCode.unsuitable,
		});
	const {user, ownAddresses, environment} = system;
	const ssh = sshServerIn(environment);
	const now = new Date(system.now()).toISOString();
	return kind.detect(system, {user, ownAddresses, now, folders: ownFolders(system), ...(ssh && {ssh})});
};
