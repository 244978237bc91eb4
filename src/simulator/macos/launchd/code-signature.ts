import type {Machine} from '../../machine.ts';
import {changeService, macOf, macosMajor, serviceOf, switchOf} from '../mac.ts';
import type {Ended, LaunchdJob} from '../mac-state.ts';

/** As `launchctl print` names it; the kernel kills the process before it has done anything. */
const killed: Ended = {how: 'signal', signal: 9, reason: 'OS_REASON_CODESIGNING'};

/** The content of a program stands for its signature. The shell belongs to Apple and never changes. */
const signatureOf = ({files}: Machine, {program}: LaunchdJob): Promise<string | undefined> =>
	program === '/bin/sh' ? Promise.resolve(undefined) : files.readFile(program);

/** The signature that launchd keeps of a job's program, reported since macOS 26 ("LWCR", lightweight code requirement). */
export const signatureFor = async (machine: Machine, job: LaunchdJob): Promise<string | undefined> =>
	macosMajor(macOf(machine)) >= 26 ? signatureOf(machine, job) : undefined;

/** How a process ends if its program was replaced after the job was loaded; undefined if it was not. */
export const killedForSignature = async (machine: Machine, id: string): Promise<Ended | undefined> => {
	const {job, signature} = serviceOf(machine, id) ?? {};
	if (!job || signature === undefined) return undefined;
	const now = await signatureOf(machine, job);
	if (now === undefined || now === signature) return undefined;
	if (switchOf(macOf(machine), 'staleSignature') === 'once') changeService(machine, id, {signature: now});
	return killed;
};
