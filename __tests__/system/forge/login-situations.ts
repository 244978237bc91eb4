import type {Machine} from '../../../scripts/machine/machine.ts';
import {chosenSuite} from '../../../scripts/machine/recipe.ts';
import {asAlice, asRoot, gitHubToken} from './forge.ts';
import {all} from './situation.ts';

type Arrange = (machine: Machine) => Promise<unknown>;

/** What alice has saved for caches and GitHub. */
export interface LoginSituation {
	readonly name: string;
	readonly arrange: Arrange;
	/** What the check of it finds, with its level; absent: nothing. */
	readonly finds?: string;
	/** After it they find nothing; `printed`: the command that the check prints. */
	readonly fix?: Arrange | 'printed';
}

/** Leaves alice without any of them. */
const forget: Arrange = (machine) =>
	asAlice(machine, 'rm -rf ~/.config/attic ~/.config/bb ~/.config/cachix ~/.config/gh');

const save =
	(file: string, text: string): Arrange =>
	(machine) =>
		machine.writeFile(`/home/alice/.config/${file}`, text, {mode: '600', owner: 'alice'});

/** A JSON Web Token (RFC 7519) that ends then, in seconds since 1970. */
const tokenUntil = (exp: number): string =>
	[
		{alg: 'HS256', typ: 'JWT'},
		{exp, sub: 'alice', 'https://jwt.attic.rs/v1': {caches: {}}},
	]
		.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.concat('c2lnbmF0dXJl')
		.join('.');

const lasting = tokenUntil(4_000_000_000);

interface AtticServer {
	readonly endpoint?: string;
	readonly token?: string;
	readonly tokenFile?: string;
}

/** config.toml as `attic login` serializes it (its config.rs): a table for each server, without what is not set. */
const attic = (servers: Readonly<Record<string, AtticServer>>): Arrange =>
	save(
		'attic/config.toml',
		Object.entries(servers).reduce(
			(text, [name, {endpoint = `https://${name}.example.org`, token, tokenFile}]) =>
				[
					text,
					`[servers.${name}]`,
					`endpoint = "${endpoint}"`,
					...(token === undefined ? [] : [`token = "${token}"`]),
					...(tokenFile === undefined ? [] : [`token-file = "${tokenFile}"`]),
					'',
				].join('\n'),
			`default-server = "${Object.keys(servers)[0]}"\n`,
		),
	);

/** cachix.dhall as cachix prints its configuration (its Config.hs), broken after 80 columns. */
const cachix = (token: string): Arrange =>
	save(
		'cachix/cachix.dhall',
		[
			token === '' ? '{ authToken = ""' : `{ authToken =\n    "${token}"`,
			', hostname = "https://cachix.org"',
			', binaryCaches = [] : List { name : Text, secretKey : Text }',
			'}',
		].join('\n'),
	);

/** hosts.yml as gh has it for one account. */
const hosts = (token: string, user = '    user: alice\n'): Arrange =>
	save('gh/hosts.yml', `github.com:\n    oauth_token: ${token}\n${user}    git_protocol: https\n`);

const loggedIn = hosts(gitHubToken);

/** Leaves alice with a login of gh alone. */
export const resetLogins: Arrange = all(forget, loggedIn);

/** `gh auth login` asks for a token, or takes one from its input. */
const logIn: Arrange = (machine) =>
	asAlice(machine, `echo ${gitHubToken} | gh auth login --hostname github.com --with-token`);

const cacheSituations: readonly LoginSituation[] = [
	{name: 'attic-token', arrange: attic({central: {token: lasting}, other: {token: lasting}})},
	{
		name: 'attic-one-without-token',
		arrange: attic({central: {token: lasting}, other: {}}),
		finds: 'warning attic-without-token',
		fix: attic({central: {token: lasting}, other: {token: lasting}}),
	},
	{
		name: 'attic-token-in-file',
		arrange: attic({central: {tokenFile: '/home/alice/token'}}),
		finds: 'warning attic-without-token',
		fix: attic({central: {token: lasting}}),
	},
	{
		name: 'attic-expired',
		arrange: attic({central: {token: tokenUntil(1_700_000_000)}}),
		finds: 'warning attic-token-expired',
		fix: attic({central: {token: lasting}}),
	},
	{
		name: 'attic-slash',
		arrange: attic({central: {endpoint: 'https://central.example.org/', token: lasting}}),
		finds: 'warning attic-endpoint',
		fix: attic({central: {token: lasting}}),
	},
	{
		name: 'attic-of-root',
		arrange: all(attic({central: {token: lasting}}), (machine) =>
			asRoot(machine, 'chown root /home/alice/.config/attic/config.toml'),
		),
		finds: 'error login-unreadable',
		fix: 'printed',
	},
	{name: 'cachix-token', arrange: cachix(lasting)},
	{
		name: 'cachix-without-token',
		arrange: cachix(''),
		finds: 'note cachix-without-token',
		fix: cachix(lasting),
	},
];

const gitHubSituations: readonly LoginSituation[] = [
	{name: 'gh-logged-out', arrange: forget, finds: 'note gh-logged-out', fix: logIn},
	{name: 'gh-logged-in', arrange: loggedIn},
	{name: 'gh-logged-in-without-user', arrange: hosts(gitHubToken, '')},
	{
		name: 'gh-elsewhere-only',
		arrange: save('gh/hosts.yml', 'ghe.example.org:\n    user: alice\n    oauth_token: gho_else\n'),
		finds: 'note gh-logged-out',
		fix: logIn,
	},
	{
		name: 'gh-also-refused-elsewhere',
		arrange: save(
			'gh/hosts.yml',
			`ghe.example.org:\n    user: alice\n    oauth_token: gho_else\ngithub.com:\n    user: alice\n    oauth_token: ${gitHubToken}\n`,
		),
	},
	{name: 'gh-refused', arrange: hosts('gho_revoked'), finds: 'warning gh-refused', fix: logIn},
	{
		name: 'gh-refused-without-user',
		arrange: hosts('gho_revoked', ''),
		finds: 'error gh-failed',
		fix: loggedIn,
	},
	{
		name: 'gh-damaged',
		arrange: save('gh/hosts.yml', 'github.com:\n\t- user: [\n'),
		finds: 'error gh-failed',
		fix: loggedIn,
	},
	{
		name: 'gh-hidden',
		arrange: all(loggedIn, (machine) => asAlice(machine, 'chmod 000 ~/.config/gh/hosts.yml')),
		finds: 'error login-unreadable',
		fix: 'printed',
	},
];

/** Debian 11 has no gh. */
export const loginSituations: readonly LoginSituation[] =
	chosenSuite() === 'bullseye' ? cacheSituations : [...cacheSituations, ...gitHubSituations];
