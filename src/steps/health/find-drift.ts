import {skim} from '../../platform/look.ts';
import type {Facts, LinuxMachine} from '../../platform/facts.ts';
import {overriddenBy} from '../../platform/systemd/drop-in.ts';
import type {System} from '../../platform/system.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {ofFiles, ofMemory, ofModes} from './drift-of-files.ts';
import {ofSettings} from './drift-of-settings.ts';
import type {Drift, Known} from './drift.ts';

const ofSystemd = (
	{linux, service, serviceFiles: [unit]}: LinuxMachine,
	{settings, existing}: Known,
): readonly Drift[] => [
	...(settings.linger && !linux.lingering
		? [
				{
					code: 'lingering-off',
					message: 'Lingering is off, but the settings turn it on.',
					fixes: 'vira-setup   turns lingering on',
				} as const,
			]
		: []),
	...(service.enabled || !existing.files.has(unit)
		? []
		: [
				{
					code: 'not-enabled',
					message: 'The service is not enabled: it does not start automatically.',
					fixes: 'vira-setup   enables it',
				} as const,
			]),
	...(service.needsReload && service.file !== undefined
		? [
				{
					code: 'not-reloaded',
					message: 'systemd has not reloaded a changed service file.',
					fixes: 'vira-setup restart   applies the change',
				} as const,
			]
		: []),
];

const ofDropIns = async (system: System, facts: Facts, {files}: Existing): Promise<readonly Drift[]> => {
	const unit = files.get(facts.serviceFiles[0])?.content ?? '';
	const read = await Promise.all(
		facts.service.dropIns.map(async (path) => ({path, text: (await skim(system, path)) ?? ''})),
	);
	return read
		.map(({path, text}) => ({path, names: overriddenBy(text, unit)}))
		.filter(({names}) => names.length > 0)
		.map(({path, names}) => ({
			code: 'drop-in',
			message: `${path} overrides ${names.join(', ')}.`,
			dropIn: {path, startsOther: names.includes('ExecStart')},
		}));
};

/** Everything that changed since setup. Only reads. */
export const findDrift = async (system: System, facts: Facts, known: Known): Promise<readonly Drift[]> => {
	const {existing} = known;
	const ofFormat = ofMemory(facts, existing);
	// Files of a newer version cannot be checked any further.
	if (ofFormat.some(({code}) => code === 'newer-format')) return ofFormat;
	return [
		...ofFormat,
		...ofFiles(facts, existing),
		...ofModes(facts, known),
		...(facts.platform === 'linux' ? ofSystemd(facts, known) : []),
		...(await ofDropIns(system, facts, existing)),
		...ofSettings(facts, known),
	];
};
