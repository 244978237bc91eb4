import {altNameFor, unservableKind, type PrivateKey} from '../../platform/network/certificate.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Subject} from '../../platform/service-manager/check.ts';

/** No one opens a wildcard address in a browser. */
const everywhere = ['0.0.0.0', '::'];

/** RSA, which every openssl can create with these options, also that of LibreSSL (openssl-req(1)). */
const makePair = ({settings: {hostname}, facts: {user}}: Pick<Subject, 'settings' | 'facts'>): string => {
	const host = everywhere.includes(hostname) ? 'localhost' : hostname;
	const files = ['-keyout', `${user.home}/vira-rsa.key.pem`, '-out', `${user.home}/vira-rsa.crt.pem`];
	const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=${altNameFor(host)}`];
	const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '365'];
	return commandText(['openssl', 'req', '-x509', ...key, ...subject, ...files]);
};

/** Vira starts with a key that it cannot use, and then fails for every browser; undefined: it can use this one. */
export const keyKindProblem = (
	key: PrivateKey,
	path: string,
	subject: Pick<Subject, 'settings' | 'facts'>,
): string | undefined => {
	const kind = unservableKind(key);
	return kind === undefined
		? undefined
		: `The key in ${path} is ${kind}, which Vira cannot use for HTTPS. Use a certificate with an RSA, P-256, Ed25519 or Ed448 key. To create a self-signed pair: ${makePair(subject)}`;
};
