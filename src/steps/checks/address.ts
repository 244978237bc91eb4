import type {System} from '../../platform/system.ts';
import {nothing, problem, type Check, type Subject} from './check.ts';

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

/** Whether Vira will be able to listen where the settings say. */
export const checkAddress: Check = async (subject) => {
	const {system, facts} = subject;
	const {hostname, port} = subject.settings;
	switch (await system.tryListen(hostname, port)) {
		case 'in-use':
			if (isOurs(subject)) return nothing;
			return problem(
				'port',
				`Port ${port} is in use by ${await findHolder(system, port)}. End that, or use another port.`,
			);
		case 'not-allowed':
			return problem(
				'port',
				`Port ${port} is reserved for the system. Use ${await firstFreePort(system)} or a higher one.`,
			);
		case 'not-ours':
			return problem(
				'hostname',
				`${hostname} is no address of this machine. It has ${facts.ownAddresses.join(', ')}.`,
			);
		case 'unknown-name':
			return problem('hostname', `No address is known for the name ${hostname}.`);
		case undefined:
			return nothing;
	}
};
