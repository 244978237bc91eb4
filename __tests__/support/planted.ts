/** In every planted secret: output with it has leaked. The random end of a folder’s name may look like it. */
export const leak = /(?<!simulation-\w{0,3})zq\d/iu;

/** Names whose values are secrets, one of each kind. */
const names = [
	...['TOKEN', 'GITHUB_TOKEN', 'apiToken', 'MY_SECRET', 'DB_PASSWORD', 'MYSQL_PASSWD', 'GPG_PASSPHRASE'],
	...['MY_CREDENTIALS', 'API_KEY', 'AWS_SECRET_ACCESS_KEY', 'SSH_PRIVATE_KEY', 'PGPASS', 'DB_PWD', 'CREDS'],
	...['USE_AUTH', 'OAUTH', 'GH_PAT', 'BEARER', 'CARD_PIN', 'SIGNING_PEM'],
	...['HTTP_AUTHORIZATION', 'COOKIE', 'SESSION', 'JWT'],
];

const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nzq0keykeykeykeykeykey\n-----END OPENSSH PRIVATE KEY-----\n';

/** Service variables that contain a secret: by their name, or by their form. */
export const plantedVariables: Readonly<Record<string, string>> = {
	...Object.fromEntries(names.map((name, index) => [name, `zq1name${index}`])),
	AWKWARD_TOKEN: 'zq2 "a" \'b\' $c %d \\e é',
	MARKED_UP_TOKEN: 'zq2 <b>&amp; "q" ]]>',
	LONG_TOKEN: 'zq2longer-than-sixteen-letters',
	HTTPS_PROXY: 'http://me:zq3proxy@proxy:8080',
	DSN: 'host=h user=a password=zq3dsn',
	CONFIG: '{"client_secret": "zq3json"}',
	CURL: '-H "Authorization: Bearer zq3header"',
	DATABASE_URL: 'postgres://me:zq3database@db/vira',
	NIX_CONFIG: 'access-tokens = github.com=ghp_zq4github gitlab.com=glpat-zq4gitlab',
	DEPLOY: key,
};

export const plantedRepositories: Readonly<Record<string, string>> = {
	password: 'https://me:zq5password@host/x',
	oauth: 'https://oauth2:zq5oauth@host/x.git',
	ssh: 'ssh://git:zq5ssh@host/x',
	token: 'https://ghp_zq5token@github.com/a/b',
	alone: 'https://zq5aloneandlongerthantwenty@host/x',
	at: 'https://me:zq5before@zq5after@host/x',
	query: 'https://host/x.git?private_token=zq5query&ref=main',
};

/** Systemd settings that contain one. */
export const plantedServiceConfig: Readonly<Record<string, string>> = {
	SetCredential: 'id:zq6credential',
	SetCredentialEncrypted: 'id:zq6encrypted',
	ExecStartPost: '/usr/bin/env API_TOKEN=zq6variable /bin/true --token=zq6option --password zq6word',
	ExecStartPre: '/bin/curl https://me:zq6curl@host/ping',
};

/** Nix packages whose URLs contain one. */
export const plantedPackages = [
	'git+https://me:zq7package@host/tools',
	'git+ssh://git:zq7ssh@host/tools?ref=main',
];

/** A settings file with all of it. */
export const plantedFile = JSON.stringify({
	initialState: {repositories: plantedRepositories},
	systemd: {environment: plantedVariables, serviceConfig: plantedServiceConfig},
});

/** All of it as flags. */
export const plantedWords: readonly string[] = [
	...Object.entries(plantedVariables).flatMap(([name, value]) => ['--environment', `${name}=${value}`]),
	...Object.entries(plantedRepositories).flatMap(([name, url]) => ['--repository', `${name}=${url}`]),
	...Object.entries(plantedServiceConfig).flatMap(([name, value]) => [
		'--service-config',
		`${name}=${value}`,
	]),
];

const lines = (items: Readonly<Record<string, string>>): string =>
	Object.entries(items)
		.filter(([, value]) => !value.includes('\n'))
		.map(([name, value]) => `${name}=${value}`)
		.join('\n');

/** All of it as variables that are given to the program. */
export const plantedEnvironment: Readonly<Record<string, string>> = {
	VIRA_SETUP_ENVIRONMENT: lines(plantedVariables),
	VIRA_SETUP_REPOSITORY: lines(plantedRepositories),
	VIRA_SETUP_SERVICE_CONFIG: lines(plantedServiceConfig),
};
