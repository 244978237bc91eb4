import {answerOf} from '../run-result.ts';
import type {LinuxFacts} from '../facts.ts';
import type {System} from '../system.ts';
import {lingerFile} from './linger-file.ts';
import {commands} from './systemd.ts';

/** logind responds within milliseconds, or hangs; D-Bus would wait for 25 s (sd_bus_call(3)). */
const timeLimit = {timeoutMs: 5000};

const hasFile = async (system: System): Promise<boolean> =>
	(await system.inspect(lingerFile(system.user))) !== undefined;

type Lingering = Pick<LinuxFacts, 'lingering' | 'logindSilent'>;

/** loginctl needs a D-Bus connection; the file shows the same without one. */
export const askLingering = async (system: System): Promise<Lingering> => {
	const result = await system.run(commands.showLinger(system.user.name), timeLimit);
	const said = answerOf(result)?.trim();
	const lingering = said === 'yes' || (said !== 'no' && (await hasFile(system)));
	return {lingering, logindSilent: result.timedOut};
};

/** Whether lingering is on now. A logind that did not respond before is not asked again. */
export const readLingering = async (
	system: System,
	{logindSilent}: Pick<LinuxFacts, 'logindSilent'>,
): Promise<boolean> => (logindSilent ? hasFile(system) : (await askLingering(system)).lingering);
