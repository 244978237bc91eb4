import {posix} from 'node:path';
import type {Settings} from '../../settings/options.ts';

/** systemd.syntax(7), "boolean arguments": the words for no; case does not matter. */
const no = /^(?:0|no?|f(?:alse)?|off)$/iu;

/** Whether the service is to have temporary folders of its own (systemd.exec(5), PrivateTmp=): so it is unless turned off. */
export const hasPrivateTmp = ({serviceConfig}: Settings): boolean =>
	!no.test((serviceConfig['PrivateTmp'] ?? '').trim());

/** Whether a path lies in one of the folders that such a service has its own of. */
export const isTemporary = (path: string): boolean => /^\/(?:var\/)?tmp(?:\/|$)/u.test(posix.normalize(path));
