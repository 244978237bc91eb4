import {covers, namesIn, validityOf, type Certificate} from '../../platform/certificate.ts';
import {commandText} from '../../platform/command-text.ts';
import type {User} from '../../platform/facts.ts';
import type {Inspected} from '../../platform/system.ts';
import type {Warning} from '../../settings/warning.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** As early as those who renew certificates of 90 days by a timer do. */
const soonDays = 30;

const dateText = (ms: number): string =>
	new Intl.DateTimeFormat('en-GB', {dateStyle: 'long', timeZone: 'UTC'}).format(ms);

const daysText = (ms: number): string => {
	const days = Math.floor(ms / dayMs);
	if (days === 0) return 'less than a day';
	return days === 1 ? 'one day' : `${days} days`;
};

const renew = ['Renew it; Vira reads the new files when it is restarted.'];

const datesOf = (certificate: Certificate, now: number): readonly Warning[] => {
	const {from, to} = validityOf(certificate);
	const told = (code: Warning['code'], message: string, fixes: readonly string[]): readonly Warning[] => [
		{code, option: 'tlsCert', message, fixes},
	];
	if (now > to)
		return told(
			'certificate-expired',
			`The certificate expired on ${dateText(to)}, ${daysText(now - to)} ago: browsers refuse it.`,
			renew,
		);
	if (now < from)
		return told(
			'certificate-not-yet-valid',
			`The certificate is valid from ${dateText(from)} on, ${daysText(from - now)} from now: browsers refuse it until then.`,
			["Wait until then, or correct this machine's clock if it is wrong."],
		);
	if (to - now >= soonDays * dayMs) return [];
	return told(
		'certificate-expires-soon',
		`The certificate expires on ${dateText(to)}, in ${daysText(to - now)}: browsers refuse it from then on.`,
		renew,
	);
};

/** A wildcard address is one that nobody visits. */
const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';

const hostOf = (certificate: Certificate, hostname: string): readonly Warning[] => {
	const host = hostname.replace(/^\[(.*)\]$/u, '$1');
	if (isEverywhere(host) || covers(certificate, host)) return [];
	const names = namesIn(certificate);
	const few = names.slice(0, 3).join(', ') + (names.length > 3 ? `, and ${names.length - 3} more` : '');
	return [
		{
			code: 'certificate-other-host',
			option: 'tlsCert',
			message:
				names.length === 0
					? `The certificate names no host, so browsers warn at ${host}.`
					: `The certificate is for ${few}, not for ${host}: browsers warn at that address.`,
			fixes: [
				names.length === 0
					? `Use a certificate with ${host} as a subject alternative name.`
					: `Use a certificate for ${host}, or visit Vira by a name that this one has.`,
			],
		},
	];
};

/** What browsers will say of the certificate. `now`: milliseconds since 1970. */
export const certificateWarnings = (
	certificate: Certificate,
	{hostname, now}: {readonly hostname: string; readonly now: number},
): readonly Warning[] => [...datesOf(certificate, now), ...hostOf(certificate, hostname)];

interface KeyFile {
	readonly path: string;
	readonly found: Inspected;
}

const fixForKey = ({path, found}: KeyFile, user: User): string => {
	if ((found.realPath ?? path).startsWith('/nix/store/'))
		return 'Keep it outside the Nix store, which everybody may read.';
	if (found.owner === user.uid) return commandText(['chmod', '600', path]);
	return commandText(['sudo', 'chmod', 'o-rwx', path]);
};

/** A key of root's that a group may read is meant so: that is how this person can. */
export const keyWarnings = (key: KeyFile, user: User): readonly Warning[] => {
	const {mode, owner} = key.found;
	const tooMany = owner === user.uid ? 0o077 : 0o007;
	if ((mode & tooMany) === 0) return [];
	return [
		{
			code: 'key-readable-by-others',
			option: 'tlsKey',
			message: `Other users of this machine may read or change the key ${key.path} (mode ${mode.toString(8).padStart(4, '0')}).`,
			fixes: [fixForKey(key, user)],
		},
	];
};
