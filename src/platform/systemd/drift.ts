import {skim} from '../paths.ts';
import {overriddenBy} from './unit/drop-in.ts';
import type {Existing} from '../installed/situation.ts';
import type {ManagerDrift} from '../service-manager/service-manager.ts';
import type {System} from '../system.ts';
import type {Settings} from '../../settings/options.ts';
import type {LinuxMachine} from './facts.ts';

const ofUnit = (
	{linux, service, serviceFiles: [unit]}: LinuxMachine,
	settings: Settings,
	existing: Existing,
): readonly ManagerDrift[] => {
	const found: readonly (ManagerDrift | false)[] = [
		settings.linger &&
			!linux.lingering && {
				code: 'lingering-off',
				message: 'Lingering is off, but the settings turn it on.',
				fixes: [{say: 'turns lingering on', command: 'vira-setup'}],
			},
		!service.enabled &&
			existing.files.has(unit) && {
				code: 'not-enabled',
				message: 'The service is not enabled: it does not start automatically.',
				fixes: [{say: 'enables it', command: 'vira-setup'}],
			},
		service.needsReload &&
			service.file !== undefined && {
				code: 'not-reloaded',
				message: 'systemd has not reloaded a changed service file.',
				fixes: [{say: 'applies the change', command: 'vira-setup restart'}],
			},
	];
	return found.filter((one) => one !== false);
};

const ofDropIns = async (
	system: System,
	{service, serviceFiles: [unit]}: LinuxMachine,
	{files}: Existing,
): Promise<readonly ManagerDrift[]> => {
	const text = files.get(unit)?.content ?? '';
	const read = await Promise.all(
		service.dropIns.map(async (path) => ({
			path,
			names: overriddenBy((await skim(system, path)) ?? '', text),
		})),
	);
	return read
		.filter(({names}) => names.length > 0)
		.map(({path, names}) => ({
			code: 'drop-in',
			message: `${path} overrides ${names.join(', ')}.`,
			dropIn: {path, startsOther: names.includes('ExecStart')},
		}));
};

/** What changed since setup, as far as systemd shows it. */
export const unitDrift =
	(facts: LinuxMachine) =>
	async (system: System, settings: Settings, existing: Existing): Promise<readonly ManagerDrift[]> => [
		...ofUnit(facts, settings, existing),
		...(await ofDropIns(system, facts, existing)),
	];
