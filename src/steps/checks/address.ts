import {withGiven} from '../../settings/options.ts';
import {findListeners} from '../../platform/find-listeners.ts';
import {collide} from '../../platform/ip-address.ts';
import {holderText, isStranger} from '../../platform/listener.ts';
import type {ListenTrouble, System} from '../../platform/system.ts';
import {nothing, problem, together, type Check, type Remarks, type Subject} from './check.ts';

/** ip(7), ip_unprivileged_port_start: 1024 where nobody has changed it. */
const firstFreePort = async (system: System): Promise<number> => {
	const text = await system.readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start');
	return Number(text ?? 1024);
};

/** What keeps the port of the address from a server. */
interface Taken {
	readonly isOurs: boolean;
	/** Somebody else who has it, where one is seen. */
	readonly by: string | undefined;
}

/**
 * Our own service gives its port up before the new one starts. Where it cannot be seen who has it, that is our own if
 * it runs and was given this port.
 */
const takenBy = async (
	{system, facts: {service}, existing, settings}: Subject,
	address: string,
): Promise<Taken> => {
	const {seen = []} = (await findListeners(system, settings.port, service)) ?? {};
	const holders = seen.filter((one) => collide(one.address, address)).map(({holder}) => holder);
	const other = holders.find(isStranger);
	if (other) return {isOurs: false, by: holderText(other)};
	if (holders.some(({is}) => is === 'service')) return {isOurs: true, by: undefined};
	const runs = service.active === 'active' || service.active === 'deactivating';
	const before = withGiven(settings, existing.saved?.given ?? new Map());
	const isElsewhere = seen.some(({holder}) => holder.is === 'service');
	return {isOurs: runs && before.port === settings.port && !isElsewhere, by: undefined};
};

/** What keeps a server from the port of an address of this machine. */
const portRemarks = async (
	subject: Subject,
	address: string,
	trouble: ListenTrouble | undefined,
): Promise<Remarks> => {
	const {system} = subject;
	const {port} = subject.settings;
	if (trouble === 'in-use') {
		const {isOurs, by = 'another program'} = await takenBy(subject, address);
		if (isOurs) return nothing;
		return problem('port', `Port ${port} is in use by ${by}. End that, or use another port.`, 'port-in-use');
	}
	return trouble === 'not-allowed'
		? problem(
				'port',
				`Port ${port} is reserved for the system. Use ${await firstFreePort(system)} or a higher one.`,
				'address-unusable',
			)
		: nothing;
};

/**
 * Of several addresses that a name leads to, Vira takes the first that the machine has: the port is taken where that
 * of this one is. On the next one it would run, and a browser would go to whoever has the first.
 */
const tryFirst = async (
	system: System,
	hostname: string,
	port: number,
): Promise<{readonly address: string; readonly trouble: ListenTrouble | undefined}> => {
	const [first = hostname, ...others] = await system.addressesOf(hostname);
	let found = {address: first, trouble: await system.tryListen(first, port)};
	for (const address of others) {
		if (found.trouble !== 'not-ours') break;
		found = {address, trouble: await system.tryListen(address, port)};
	}
	return found;
};

const loopback = '127.0.0.1';

/** Whether Vira will be able to listen where the settings say. */
export const checkAddress: Check = async (subject) => {
	const {system, facts} = subject;
	const {hostname, port} = subject.settings;
	const {address, trouble} = await tryFirst(system, hostname, port);
	if (trouble !== 'not-ours' && trouble !== 'unknown-name') return portRemarks(subject, address, trouble);
	const isAddress = /^[\d.]+$|:/u.test(hostname);
	const own = `It has ${facts.ownAddresses.join(', ')}.`;
	const message = /^fe80:/iu.test(hostname)
		? `${hostname} is good on one network interface only, which Vira cannot be told. Use another address. ${own}`
		: trouble === 'not-ours'
			? `${hostname} ${isAddress ? 'is' : 'leads to'} no address of this machine. ${own}`
			: `No address is known for the name ${hostname}. Use localhost, an address of this machine, or a name that leads to one.`;
	// Where the name is wrong, the port can be wrong as well: both are told at once.
	const elsewhere = await system.tryListen(loopback, port);
	return together([
		problem('hostname', message, 'address-unusable'),
		await portRemarks(subject, loopback, elsewhere),
	]);
};
