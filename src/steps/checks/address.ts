import {sentenceOf} from '../../notice.ts';
import {withGiven} from '../../settings/options.ts';
import {findListeners} from '../../platform/service-manager/registry.ts';
import {collide, holderText, isStranger} from '../../platform/network/address.ts';
import type {ListenTrouble, System} from '../../platform/system.ts';
import {
	nothing,
	onlyProblem,
	problem,
	together,
	type Check,
	type Remarks,
	type Subject,
} from '../../platform/service-manager/check.ts';

/** ip(7), ip_unprivileged_port_start: 1024 by default. */
const firstFreePort = async (system: System): Promise<number> => {
	const text = await system.readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start');
	return Number(text ?? 1024);
};

/** What keeps the port of the address from a server. */
interface Taken {
	readonly isOurs: boolean;
	/** The other program that has it, if known. */
	readonly by: string | undefined;
}

/**
 * Our own service releases its port before the new one starts. If the holder is unknown, it is assumed to be our
 * service if that runs on this port.
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

/** How many ports after one in use are tried: more are hardly ever in use together. */
const triedPorts = 20;

const highestPort = 65_535;

/** The next port that a server can use at an address; undefined: none was found. */
const nextFreePort = async (system: System, address: string, after: number): Promise<number | undefined> => {
	for (let port = after + 1; port <= Math.min(after + triedPorts, highestPort); port += 1)
		if ((await system.tryListen(address, port)) === undefined) return port;
	return undefined;
};

const portInUse = async (
	{system, settings: {port}}: Subject,
	address: string,
	by: string,
): Promise<Remarks> => {
	const free = await nextFreePort(system, address, port);
	const other = free === undefined ? 'another port' : `port ${free}, which is free`;
	return onlyProblem({
		option: 'port',
		message: `Port ${port} is in use by ${by}. Stop that program, or use ${other}.`,
		reason: 'port-in-use',
		...(free !== undefined && {suggestion: String(free)}),
	});
};

/** Why a server cannot use the port at an address of this machine. */
const portRemarks = async (
	subject: Subject,
	address: string,
	trouble: ListenTrouble | undefined,
): Promise<Remarks> => {
	const {system} = subject;
	const {port} = subject.settings;
	if (trouble === 'in-use') {
		const {isOurs, by = 'another program'} = await takenBy(subject, address);
		return isOurs ? nothing : portInUse(subject, address, by);
	}
	if (trouble !== 'not-allowed') return nothing;
	const first = await firstFreePort(system);
	return onlyProblem({
		option: 'port',
		message: `Port ${port} needs administrator rights. Use port ${first} or higher.`,
		reason: 'address-unusable',
		suggestion: String(first),
	});
};

/**
 * If a name has several addresses, Vira uses the first one that this machine has, so only the port of that address
 * counts. On another address Vira would run, but browsers would reach the program that has the first.
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
	const own = `Its addresses: ${facts.ownAddresses.join(', ')}.`;
	const message = /^fe80:/iu.test(hostname)
		? `${hostname} is valid on one network interface only, which Vira cannot select. Use another address of this machine. ${own}`
		: trouble === 'not-ours'
			? `${hostname} ${isAddress ? 'is not' : 'does not resolve to'} an address of this machine. ${own}`
			: `${sentenceOf(`Cannot resolve ${hostname}`)} Use localhost, an address of this machine, or a name that resolves to one.`;
	// Both problems are reported together: the port may be wrong too.
	const elsewhere = await system.tryListen(loopback, port);
	return together([
		problem('hostname', message, 'address-unusable'),
		await portRemarks(subject, loopback, elsewhere),
	]);
};
