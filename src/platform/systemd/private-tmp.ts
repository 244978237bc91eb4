import {posix} from 'node:path';
import type {Settings} from '../../settings/options.ts';

/** systemd.syntax(7), "boolean arguments": the values for no, in any case. */
const no = /^(?:0|no?|f(?:alse)?|off)$/iu;

/** Whether the service has private temporary folders (systemd.exec(5), PrivateTmp=), as it does by default. */
export const hasPrivateTmp = ({serviceConfig}: Settings): boolean =>
	!no.test((serviceConfig['PrivateTmp'] ?? '').trim());

/** Whether a path is in one of the folders that are private for such a service. */
export const isTemporary = (path: string): boolean => /^\/(?:var\/)?tmp(?:\/|$)/u.test(posix.normalize(path));
