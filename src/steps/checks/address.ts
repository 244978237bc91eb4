import {withGiven} from '../../settings/options.ts';
import {findPortHolder, type PortHolder} from '../../platform/port-holder.ts';
import type {ListenTrouble, System} from '../../platform/system.ts';
import {nothing, problem, together, type Check, type Remarks, type Subject} from './check.ts';

/** ip(7), ip_unprivileged_port_start: 1024 where nobody has changed it. */
const firstFreePort = async (system: System): Promise<number> => {
	const text = await system.readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start');
	return Number(text ?? 1024);
};

/** Our own service may hold the port: it gives it up before the new one starts. */
const isOurs = ({facts: {service}, existing, settings}: Subject, holder: PortHolder | undefined): boolean => {
	const holds = service.active === 'active' || service.active === 'deactivating';
	if (!holds || service.mainPid === undefined) return false;
	const before = withGiven(settings, existing.saved?.given ?? new Map());
	return holder?.pid === service.mainPid || before.port === settings.port;
};

const holderText = ({name, pid, unit}: PortHolder): string =>
	`${name} (process ${pid}${unit === undefined ? '' : `, of the service ${unit}`})`;

/** What keeps a server from the port, on an address that is this machine's. */
const portRemarks = async (subject: Subject, trouble: ListenTrouble | undefined): Promise<Remarks> => {
	const {system} = subject;
	const {port} = subject.settings;
	if (trouble === 'in-use') {
		const holder = await findPortHolder(system, port);
		if (isOurs(subject, holder)) return nothing;
		const who = holder ? holderText(holder) : 'another program';
		return problem('port', `Port ${port} is in use by ${who}. End that, or use another port.`);
	}
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
	const isAddress = /^[\d.]+$|:/u.test(hostname);
	const own = `It has ${facts.ownAddresses.join(', ')}.`;
	const sentence = /^fe80:/iu.test(hostname)
		? `${hostname} is good on one network interface only, which Vira cannot be told. Use another address. ${own}`
		: trouble === 'not-ours'
			? `${hostname} ${isAddress ? 'is' : 'leads to'} no address of this machine. ${own}`
			: `No address is known for the name ${hostname}. Use localhost, an address of this machine, or a name that leads to one.`;
	// Where the name is wrong, the port can be wrong as well: both are told at once.
	const elsewhere = await system.tryListen('127.0.0.1', port);
	return together([problem('hostname', sentence), await portRemarks(subject, elsewhere)]);
};
