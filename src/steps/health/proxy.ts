import {proxyFor, type ProxyRule} from '../../platform/network/address.ts';
import type {Status} from './survey.ts';

/** What a proxy has to forward; undefined: no proxy is needed, or the settings are unknown. */
export const proxyOf = ({installation}: Pick<Status, 'installation'>): ProxyRule | undefined =>
	installation.is === 'there' ? proxyFor(installation.settings) : undefined;
