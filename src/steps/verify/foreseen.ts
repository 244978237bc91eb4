import {exitCode, type Failure} from '../../errors.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {notStopped} from '../../platform/service-manager/manual-control.ts';
import {checkAddress} from '../checks/address.ts';
import {together, type Check, type FoundProblem, type Subject} from '../../platform/service-manager/check.ts';
import {checkRepositories} from '../../platform/vira/check-repositories.ts';
import {checkStart} from '../../platform/vira/check-vira.ts';
import {isEdited} from '../load/edited-settings.ts';
import {checkCertificate} from '../plan/examine.ts';
import {waysOut} from '../ways-out.ts';

const failureOf = (
	problems: readonly FoundProblem[],
	{settings, facts: {service}}: Subject,
): Failure | undefined => {
	if (problems.length === 0) return undefined;
	const mask = masker(settings);
	const reason = problems.find((one) => one.reason !== undefined)?.reason;
	return {
		message: problems.map(({message}) => mask(message)).join('\n'),
		...(service.active === 'active' && {detail: notStopped}),
		...(reason && {reason}),
		fixes: waysOut(problems, settings),
		exit: exitCode.refused,
	};
};

/** Settings that were edited but not applied are not those of the service: then, only its state is checked. */
const ofSettings: readonly Check[] = [checkAddress, checkCertificate];

/**
 * Why a new process of this program would exit at once, or delete the state; undefined: no reason was found. This is for
 * a plain start by the service manager: no settings are written, and no state is moved aside.
 */
export const foreseen = async (program: string, subject: Subject): Promise<Failure | undefined> => {
	const checks = isEdited(subject.facts, subject.existing) ? [] : ofSettings;
	const found = await Promise.all([
		checkStart(program, subject),
		checkRepositories(program, subject),
		...checks.map((check) => check(subject)),
	]);
	return failureOf(together(found).problems, subject);
};
