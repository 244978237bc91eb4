import type {Facts} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import type {Problem} from '../settings/rules.ts';
import type {Existing} from './situation.ts';

/** ss(8) names the process only where it is one of the person's own. */
const findHolder = async (system: System, port: number): Promise<string> => {
	const {stdout} = await system.run(['ss', '-Hltnp', `sport = :${port}`], {timeoutMs: 2000});
	const [, name, pid] = /users:\(\("([^"]*)",pid=(\d+)/u.exec(stdout) ?? [];
	return name === undefined || pid === undefined ? 'another program' : `${name} (process ${pid})`;
};

/** ip(7), ip_unprivileged_port_start: 1024 where nobody has changed it. */
const firstFreePort = async (system: System): Promise<number> => {
	const text = await system.readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start');
	return Number(text ?? 1024);
};

/** Our own service may hold the port: it gives it up before the new one starts. */
const isOurs = ({service}: Facts, {saved}: Existing, {port}: Settings): boolean =>
	service.active === 'active' && saved?.given.get('port') === port;

/** Whether Vira will be able to listen where the settings say. */
export const checkAddress = async (
	system: System,
	settings: Settings,
	{facts, existing}: {readonly facts: Facts; readonly existing: Existing},
): Promise<readonly Problem[]> => {
	const {hostname, port} = settings;
	switch (await system.tryListen(hostname, port)) {
		case 'in-use':
			if (isOurs(facts, existing, settings)) return [];
			return [
				{
					option: 'port',
					sentence: `Port ${port} is in use by ${await findHolder(system, port)}. End that, or use another port.`,
				},
			];
		case 'not-allowed':
			return [
				{
					option: 'port',
					sentence: `Port ${port} is reserved for the system. Use ${await firstFreePort(system)} or a higher one.`,
				},
			];
		case 'not-ours':
			return [
				{
					option: 'hostname',
					sentence: `${hostname} is no address of this machine. It has ${facts.ownAddresses.join(', ')}.`,
				},
			];
		case 'unknown-name':
			return [{option: 'hostname', sentence: `No address is known for the name ${hostname}.`}];
		case undefined:
			return [];
	}
};
