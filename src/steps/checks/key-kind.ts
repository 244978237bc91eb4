import {altNameFor, unservableKind, type PrivateKey} from '../../platform/certificate.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Subject} from './check.ts';

/** An address that stands for all of them is one that nobody visits. */
const everywhere = ['0.0.0.0', '::'];

/** RSA, which every openssl makes with these words, LibreSSL's as well (openssl-req(1)). */
const makePair = ({settings: {hostname}, facts: {user}}: Pick<Subject, 'settings' | 'facts'>): string => {
	const host = everywhere.includes(hostname) ? 'localhost' : hostname;
	const files = ['-keyout', `${user.home}/vira-rsa.key.pem`, '-out', `${user.home}/vira-rsa.crt.pem`];
	const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=${altNameFor(host)}`];
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
