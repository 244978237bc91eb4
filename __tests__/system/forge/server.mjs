// Runs on the machine of a test: a forge over HTTPS, a proxy that finds hosts which nobody else finds, and a name server.
import {spawn} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {readFileSync} from 'node:fs';
import {createServer as createProxy} from 'node:http';
import {createServer} from 'node:https';
import {connect, createServer as createMute} from 'node:net';

const {folder, repositories, login, gitHubToken, hosts, mute, proxy, wary, nameServer} = JSON.parse(
	readFileSync(process.argv[2], 'utf8'),
);

/** The start of a response as a CGI program writes it (RFC 3875, 6.2), and what follows it. */
const partsOf = (output) => {
	const end = output.indexOf('\r\n\r\n');
	const fields = output
		.subarray(0, end)
		.toString()
		.split('\r\n')
		.map((line) => /^([^:]*): *(.*)$/u.exec(line)?.slice(1) ?? []);
	const headers = Object.fromEntries(fields.filter(([name]) => name !== 'Status'));
	const status = Number.parseInt(fields.find(([name]) => name === 'Status')?.[1] ?? '200', 10);
	return {status, headers, body: output.subarray(end + 4)};
};

const serveGit = (request, response) => {
	const {pathname, search} = new URL(request.url, 'https://forge');
	const child = spawn('git', ['http-backend'], {
		env: {
			PATH: process.env.PATH,
			GIT_PROJECT_ROOT: repositories,
			GIT_HTTP_EXPORT_ALL: '1',
			REQUEST_METHOD: request.method,
			PATH_INFO: pathname,
			QUERY_STRING: search.slice(1),
			CONTENT_TYPE: request.headers['content-type'] ?? '',
			HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
			GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
		},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	request.pipe(child.stdin);
	const pieces = [];
	child.stdout.on('data', (piece) => pieces.push(piece));
	child.on('close', () => {
		const {status, headers, body} = partsOf(Buffer.concat(pieces));
		response.writeHead(status, headers).end(body);
	});
};

const page = '<!doctype html>\n<html lang="en">\n<title>Sign in</title>\n<p>Sign in to go on.</p>\n</html>\n';

const isLoggedIn = ({headers}) =>
	headers.authorization === `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;

/** What gh(1) asks for: the scopes of a token, and whose it is. */
const answerGh = (request, response) => {
	if (request.headers.authorization !== `token ${gitHubToken}`)
		response.writeHead(401, {'content-type': 'application/json'}).end('{"message":"Bad credentials"}');
	else
		response
			.writeHead(200, {'content-type': 'application/json', 'x-oauth-scopes': 'gist, read:org, repo'})
			.end(JSON.stringify({data: {viewer: {login: login.user}}}));
};

const answer = (request, response) => {
	if (request.headers.host === 'api.github.com') {
		answerGh(request, response);
		return;
	}
	const [, area] = request.url.split('/');
	if (area === 'forbidden') response.writeHead(403).end();
	else if (area === 'broken') response.writeHead(502).end();
	else if (area === 'page') response.writeHead(200, {'content-type': 'text/html'}).end(page);
	else if (area === 'line') response.writeHead(200, {'content-type': 'text/html'}).end('<!doctype html>');
	else if (area === 'silent') return;
	else if (area === 'private' && !isLoggedIn(request))
		response.writeHead(401, {'www-authenticate': 'Basic realm="Forge"'}).end();
	else serveGit(request, response);
};

for (const {address, pair} of hosts)
	createServer(
		{cert: readFileSync(`${folder}/${pair}.crt`), key: readFileSync(`${folder}/${pair}.key`)},
		answer,
	).listen(443, address);

/** Takes connections, and says nothing. */
createMute((client) => client.on('error', () => undefined)).listen(mute.port, mute.address);

/** A CONNECT (RFC 9110, 9.3.6) to any name leads to the forge. */
createProxy((_, response) => response.writeHead(405).end())
	.on('connect', (_, client, head) => {
		const server = connect(443, hosts[0].address, () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			server.write(head);
			server.pipe(client).pipe(server);
		});
		for (const end of [client, server]) end.on('error', () => server.destroy());
	})
	.listen(proxy.port, proxy.address);

/** A proxy that wants a password of its own. */
createProxy()
	.on('connect', (_, client) =>
		client.end(
			'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="Proxy"\r\n\r\n',
		),
	)
	.listen(wary.port, wary.address);

/** Says of each name that it does not exist (RFC 1035, 4.1.1: a response, with code 3). */
const names = createSocket('udp4');
names.on('message', (query, {port, address}) => {
	const reply = Buffer.from(query);
	reply.writeUInt16BE(0x8183, 2);
	names.send(reply, port, address);
});
names.bind(53, nameServer.address);
