const hosts = ['localhost', 'localhost'];

const addresses = [
	...['127.0.0.1', '::1', '0.0.0.0', '192.168.1.1', '192.168.1.100', '192.168.0.1', '192.168.0.100'],
	...['10.0.0.1', '10.0.0.100', '172.16.0.1', '172.16.0.100'],
];

const names = [
	...hosts.map((host, index) => `DNS.${index + 1} = ${host}`),
	...addresses.map((address, index) => `IP.${hosts.length + index + 1} = ${address}`),
];

/**
 * The configuration that Vira writes for openssl(1). It names extensions for a request (`req_extensions`), which
 * `openssl req -x509` ignores: the certificate has no subjectAltName.
 */
export const opensslConfig = [
	'[req]',
	'distinguished_name = req_distinguished_name',
	'req_extensions = v3_req',
	'prompt = no',
	'',
	'[req_distinguished_name]',
	'C = US',
	'ST = CA',
	'L = San Francisco',
	'O = Vira Development',
	'OU = IT Department',
	'CN = localhost',
	'',
	'[v3_req]',
	'basicConstraints = CA:FALSE',
	'subjectAltName = @alt_names',
	'',
	'[alt_names]',
	...names,
	'',
].join('\n');
