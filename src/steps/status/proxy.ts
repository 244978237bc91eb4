import {proxyFor, type ProxyRule} from '../../platform/address.ts';
import type {Status} from './survey.ts';

/** What a proxy has to do for the pages of what is set up; undefined: none is needed, or the settings are not known. */
export const proxyOf = ({installation}: Pick<Status, 'installation'>): ProxyRule | undefined =>
	installation.is === 'there' ? proxyFor(installation.settings) : undefined;
