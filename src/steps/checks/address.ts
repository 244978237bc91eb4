import type {ListenTrouble, System} from '../../platform/system.ts';
import {nothing, problem, together, type Check, type Remarks, type Subject} from './check.ts';

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
const isOurs = ({facts, existing, settings}: Subject): boolean =>
	facts.service.active === 'active' && existing.saved?.given.get('port') === settings.port;

/** What keeps a server from the port, on an address that is this machine's. */
const portRemarks = async (subject: Subject, trouble: ListenTrouble | undefined): Promise<Remarks> => {
	const {system} = subject;
	const {port} = subject.settings;
	if (trouble === 'in-use' && !isOurs(subject))
		return problem(
			'port',
			`Port ${port} is in use by ${await findHolder(system, port)}. End that, or use another port.`,
		);
	return trouble === 'not-allowed'
		? problem(
				'port',
				`Port ${port} is reserved for the system. Use ${await firstFreePort(system)} or a higher one.`,
			)
		: nothing;
};

/** Whether Vira will be able to listen where the settings say. */
export const checkAddress: Check = async (subject) => {
	const {system, facts} = subject;
	const {hostname, port} = subject.settings;
	const trouble = await system.tryListen(hostname, port);
	if (trouble !== 'not-ours' && trouble !== 'unknown-name') return portRemarks(subject, trouble);
	const sentence =
		trouble === 'not-ours'
			? `${hostname} is no address of this machine. It has ${facts.ownAddresses.join(', ')}.`
			: `No address is known for the name ${hostname}. Use localhost, an address of this machine, or a name that leads to one.`;
	// Where the name is wrong, the port can be wrong as well: both are told at once.
	const elsewhere = await system.tryListen('127.0.0.1', port);
	return together([problem('hostname', sentence), await portRemarks(subject, elsewhere)]);
};
