import {isIP} from 'node:net';
import {unservableKind, type PrivateKey} from '../../platform/certificate.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Subject} from './check.ts';

const everywhere = ['0.0.0.0', '::'];

/** The option that names a host as browsers want it (RFC 9525, 2); nobody visits an address that stands for all. */
const nameFor = (hostname: string): string => {
	if (everywhere.includes(hostname)) return 'DNS:localhost';
	return isIP(hostname) > 0 ? `IP:${hostname}` : `DNS:${hostname}`;
};

/** RSA, which every openssl makes with these words, LibreSSL's as well (openssl-req(1)). */
const makePair = ({settings: {hostname}, facts: {user}}: Pick<Subject, 'settings' | 'facts'>): string => {
	const name = nameFor(hostname);
	const files = ['-keyout', `${user.home}/vira-rsa.key.pem`, '-out', `${user.home}/vira-rsa.crt.pem`];
	const subject = ['-subj', `/CN=${name.replace(/^\w+:/u, '')}`, '-addext', `subjectAltName=${name}`];
	const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '365'];
	return commandText(['openssl', 'req', '-x509', ...key, ...subject, ...files]);
};

/** Vira starts with a key that it cannot serve, and then fails with every visitor; undefined: it can serve this one. */
export const keyKindProblem = (
	key: PrivateKey,
	path: string,
	subject: Pick<Subject, 'settings' | 'facts'>,
): string | undefined => {
	const kind = unservableKind(key);
	return kind === undefined
		? undefined
		: `The key in ${path} is ${kind}, which Vira cannot serve HTTPS with. Use a certificate with an RSA, P-256, Ed25519 or Ed448 key. This makes a self-signed pair: ${makePair(subject)}`;
};
