import type {Machine} from '../machine.ts';
import type {
	Account,
	DomainTarget,
	LaunchBehaviour,
	LaunchedService,
	MacState,
	Profile,
	Session,
} from './mac-state.ts';

/** Who runs a command: sudo changes it. */
export interface Caller {
	readonly euid: number;
	readonly session: Session;
}

export const macOf = ({state}: Machine): MacState => {
	if (!state.mac) throw new Error('This simulated machine is not a Mac');
	return state.mac;
};

/** The value of a switch of the profile. Reading it here records that it was used. */
export const switchOf = <Name extends keyof Profile>(mac: MacState, name: Name): Profile[Name] => {
	if (!mac.consulted.includes(name)) mac.consulted = [...mac.consulted, name];
	return mac.profile[name];
};

export const macosMajor = ({version}: MacState): number => Number.parseInt(version, 10);

export const serviceId = (domain: DomainTarget, label: string): string => `${domain}/${label}`;

export const serviceOf = (machine: Machine, id: string): LaunchedService | undefined =>
	macOf(machine).services[id];

export const putService = (machine: Machine, service: LaunchedService): void => {
	const mac = macOf(machine);
	mac.services = {...mac.services, [serviceId(service.domain, service.label)]: service};
};

/** Changes a loaded service; undefined removes a property. */
export const changeService = (
	machine: Machine,
	id: string,
	change: {readonly [Key in keyof LaunchedService]?: LaunchedService[Key] | undefined},
): void => {
	const service = serviceOf(machine, id);
	if (!service) return;
	const changed = Object.entries({...service, ...change}).filter(([, value]) => value !== undefined);
	putService(machine, Object.fromEntries(changed) as unknown as LaunchedService);
};

export const dropService = (machine: Machine, id: string): void => {
	const mac = macOf(machine);
	mac.services = Object.fromEntries(Object.entries(mac.services).filter(([one]) => one !== id));
};

export const servicesIn = (mac: MacState, domain: DomainTarget): readonly LaunchedService[] =>
	Object.values(mac.services).filter((service) => service.domain === domain);

export const behaviourOf = (mac: MacState, name: string): LaunchBehaviour => mac.behaviours[name] ?? {};

const root: Account = {name: 'root', uid: 0, home: '/var/root'};

export const accountOf = ({accounts}: MacState, who: number | string): Account | undefined =>
	[root, ...accounts].find(({uid, name}) => uid === who || name === who);

/** The number of a domain's user; undefined for the system domain. */
export const uidOf = (domain: DomainTarget): number | undefined =>
	domain === 'system' ? undefined : Number(domain.split('/')[1]);

/** Both domains of a user share the entries of `enable` and `disable`. */
export const overrideOf = (
	mac: MacState,
	domain: DomainTarget,
	label: string,
): 'enabled' | 'disabled' | undefined => mac.overrides[String(uidOf(domain) ?? 'system')]?.[label];

export const setOverride = (
	mac: MacState,
	domain: DomainTarget,
	{label, to}: {readonly label: string; readonly to: 'enabled' | 'disabled'},
): void => {
	const key = String(uidOf(domain) ?? 'system');
	mac.overrides = {...mac.overrides, [key]: {...mac.overrides[key], [label]: to}};
};
