import {skim} from '../../platform/look.ts';
import type {Facts, LinuxMachine} from '../../platform/facts.ts';
import {overriddenBy} from '../../platform/linux/drop-in.ts';
import type {System} from '../../platform/system.ts';
import type {Existing} from '../situation.ts';
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
					message: 'The settings want lingering on, and it is off.',
					fixes: 'vira-setup   turns lingering on',
				} as const,
			]
		: []),
	...(service.enabled || !existing.files.has(unit)
		? []
		: [
				{
					code: 'not-enabled',
					message: 'The service is not enabled: nothing starts it by itself.',
					fixes: 'vira-setup   enables it',
				} as const,
			]),
	...(service.needsReload && service.file !== undefined
		? [
				{
					code: 'not-reloaded',
					message: 'systemd has not read a changed file of the service yet.',
					fixes: 'vira-setup restart   takes it over',
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
			message: `${path} decides over ${names.join(', ')}.`,
			dropIn: {path, startsOther: names.includes('ExecStart')},
		}));
};

/** Everything that is not as it was set up. Reads only. */
export const findDrift = async (system: System, facts: Facts, known: Known): Promise<readonly Drift[]> => {
	const {existing} = known;
	const ofFormat = ofMemory(facts, existing);
	// Of what a newer version has written, nothing more can be said.
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
