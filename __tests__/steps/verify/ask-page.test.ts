import {describe, expect, test} from '@jest/globals';
import type {OtherListener} from '../../../src/simulator/machine-state.ts';
import type {System} from '../../../src/platform/system.ts';
import {askPage} from '../../../src/steps/verify/ask-page.ts';
import {detect} from '../../../src/steps/detect.ts';
import {findInstallation} from '../../../src/steps/health/installation.ts';
import {setUp} from '../../support/linux-states.ts';
import {macSetUp} from '../../support/mac-setup.ts';

const url = 'https://localhost:5005/';

/** The page of the installed service, requested once. */
const asked = async (system: System) => {
	const facts = await detect(system);
	const installation = await findInstallation(system, facts);
	if (installation.is !== 'there') throw new Error(installation.is);
	const {level, kind, message} = await askPage(system, {
		settings: installation.settings,
		service: facts.service,
	});
	return [level, kind, message];
};

/** A machine on which Vira runs, as the test wants it. */
interface Given {
	readonly localhost?: string[];
	/** Those that come after it. */
	readonly listeners?: readonly OtherListener[];
	readonly unreadable?: readonly string[];
}

const onLinux = async ({localhost = ['::1', '127.0.0.1'], ...later}: Given = {}, ...words: string[]) => {
	const machine = await setUp({localhost}, ...words);
	await machine.events.change(structuredClone(later) as Parameters<typeof machine.events.change>[0]);
	return machine;
};

const onMac = async ({localhost = ['::1', '127.0.0.1'], ...later}: Given = {}, ...words: string[]) => {
	const machine = await macSetUp({localhost}, ...words);
	await machine.events.change(structuredClone(later) as Parameters<typeof machine.events.change>[0]);
	return machine;
};

const node = {port: 5005, program: 'node'};
const ownStatus = ['ok', 'responds', `${url} responds with status 200.`];

describe.each([
	['Linux', onLinux],
	['a Mac', onMac],
])('on %s', (_, machine) => {
	test.each([
		[200, 'ok'],
		[302, 'ok'],
		[404, 'ok'],
		[499, 'ok'],
		[500, 'error'],
		[502, 'error'],
		[503, 'error'],
		[599, 'error'],
	])('a page of the service with status %i has the level %s', async (status, level) => {
		const system: System = {...(await machine()), ask: async () => ({answered: true, status})};
		const kind = level === 'ok' ? 'responds' : 'server-error';
		expect(await asked(system)).toEqual([level, kind, `${url} responds with status ${status}.`]);
	});

	test.each([[['::1', '127.0.0.1']], [['127.0.0.1', '::1']], [['127.0.0.1']]])(
		'of %j, the first address, where Vira listens, is requested',
		async (localhost) => {
			const found = await machine({localhost});
			const pinned: unknown[] = [];
			const ask: System['ask'] = (one, options) => (pinned.push(options.at), found.ask(one, options));
			expect([await asked({...found, ask}), pinned]).toEqual([ownStatus, [localhost[0]]]);
		},
	);

	test.each(['127.0.0.1', '::1', '0.0.0.0', '::'])('a Vira at %s is asked at its own URL', async (host) => {
		const [good, kind] = await asked(await machine({}, '--hostname', host));
		expect([good, kind]).toEqual(['ok', 'responds']);
	});

	test('a program of the same user at the first address, with Vira at the next, is named and not taken for Vira', async () => {
		const found = await machine({
			localhost: ['127.0.0.1', '::1'],
			listeners: [{...node, address: '::1', status: 200, https: true}],
		});
		await found.events.change({localhost: ['::1', '127.0.0.1']});
		expect(await asked(found)).toEqual([
			'error',
			'other-program',
			`${url} leads to node (PID 900), not to Vira. Vira listens on 127.0.0.1.`,
		]);
	});

	test('a program at an address after that of Vira is named with a healthy page', async () => {
		const found = await machine({listeners: [{...node, address: '127.0.0.1'}]});
		expect(await asked(found)).toEqual([
			'ok',
			'responds',
			`${url} responds with status 200. node (PID 900) listens on port 5005 at 127.0.0.1.`,
		]);
	});

	test('a Vira that does not listen does not respond', async () => {
		const words = ['--hostname', '127.0.0.1', '--port', '6000'];
		const found = await machine({}, ...words);
		await found.writeFile(
			`${found.user.home}/.config/vira-setup/settings.json`,
			'{"schema": 1, "hostname": "127.0.0.1", "port": 6001}',
			0o600,
		);
		expect(await asked(found)).toEqual([
			'error',
			'silent',
			'https://127.0.0.1:6001/ does not respond: nothing listens on port 6001.',
		]);
	});

	test('a Vira that hangs does not respond', async () => {
		const system: System = {
			...(await machine()),
			ask: async () => ({answered: false, why: 'timed out'}),
		};
		expect(await asked(system)).toEqual(['error', 'silent', `${url} does not respond: timed out.`]);
	});
});

describe('the owner of the socket, on Linux', () => {
	test('another unit of this user is named', async () => {
		const found = await onLinux({localhost: ['127.0.0.1']});
		await found.events.change({
			localhost: ['::1', '127.0.0.1'],
			listeners: [{...node, address: '::1', unit: 'ci.service'}],
		});
		expect((await asked(found))[2]).toContain('leads to node (PID 900, ci.service), not to Vira.');
	});

	test.each([
		['root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/:/bin/sh\n', 'a program of user www-data'],
		['root:x:0:0::/root:/bin/sh\n', 'a program of user 33'],
	])('a program of another user is named by its user (%j)', async (passwd, who) => {
		const found = await onLinux({localhost: ['127.0.0.1']});
		await found.writeFile('/etc/passwd', passwd, 0o644);
		await found.events.change({
			localhost: ['::1', '127.0.0.1'],
			listeners: [{...node, address: '::1', uid: 33, status: 200, https: true}],
		});
		const [good, kind, message] = await asked(found);
		expect([good, kind]).toEqual(['error', 'other-program']);
		expect(message).toContain(`leads to ${who}, not to Vira.`);
	});

	test('a child process of the main process belongs to the service, by its control group', async () => {
		const found = await onLinux();
		const {units} = await found.events.state();
		const unit = units['vira.service'];
		if (!unit?.process) throw new Error('It does not run.');
		const change = {...unit, process: {...unit.process, child: 1300}};
		await found.events.change({units: {'vira.service': change}});
		expect(await asked(found)).toEqual(ownStatus);
	});

	test('a program of this user whose open files are hidden is not taken for Vira, whose files can be read', async () => {
		const found = await onLinux({localhost: ['127.0.0.1']});
		await found.events.change({
			localhost: ['::1', '127.0.0.1'],
			listeners: [{...node, address: '::1', status: 200, https: true}],
			unreadable: ['/proc/900/fd'],
		});
		const named = `${url} leads to another of your programs, not to Vira.`;
		expect(await asked(found)).toEqual(['error', 'other-program', `${named} Vira listens on 127.0.0.1.`]);
	});

	test.each([
		["has exited in the meantime is not Vira's", 'gone', ['error', 'other-program']],
		["stays hidden may be Vira's", 'closed', ['ok', 'unknown-owner']],
	])('a process whose control group cannot be read and that %s', async (__, then, wanted) => {
		const found = await onLinux({localhost: ['127.0.0.1']});
		await found.events.change({
			localhost: ['::1', '127.0.0.1'],
			listeners: [
				{...node, address: '::1', status: 200, https: true},
				{...node, port: 6000, uid: 0},
			],
			unreadable: ['/proc/900/fd', '/proc/901/cgroup'],
		});
		let looks = 0;
		const linksIn: System['linksIn'] = async (path) => {
			if (path !== '/proc/901/fd') return found.linksIn(path);
			looks += 1;
			return looks > 1 && then === 'gone' ? undefined : found.linksIn(path);
		};
		expect((await asked({...found, linksIn})).slice(0, 2)).toEqual(wanted);
	});

	test("a socket whose process exited before the check may have been Vira's", async () => {
		const found = await onLinux();
		let reads = 0;
		const readFile: System['readFile'] = async (path) => {
			if (!path.startsWith('/proc/net/')) return found.readFile(path);
			reads += 1;
			return reads > 2 ? '' : found.readFile(path);
		};
		const linksIn: System['linksIn'] = async () => undefined;
		expect((await asked({...found, readFile, linksIn})).slice(0, 2)).toEqual(['ok', 'unknown-owner']);
	});

	test('if the files of a child process of Vira cannot be read, a page that responds counts', async () => {
		const found = await onLinux();
		const {units} = await found.events.state();
		const unit = units['vira.service'];
		if (!unit?.process) throw new Error('It does not run.');
		await found.events.change({
			units: {'vira.service': {...unit, process: {...unit.process, child: 1300}}},
			unreadable: ['/proc/1300/fd'],
		});
		expect((await asked(found)).slice(0, 2)).toEqual(['ok', 'unknown-owner']);
	});

	test.each([
		['the list of sockets', '/proc/net'],
		['the files of its process', '/proc/1201/fd'],
	])('if %s cannot be read, a page that responds counts, and the report says so', async (_, hidden) => {
		expect(await asked(await onLinux({unreadable: [hidden]}))).toEqual([
			'ok',
			'unknown-owner',
			`${url} responds with status 200. It is unknown which program responds.`,
		]);
	});
});

describe('the owner of the socket, on a Mac', () => {
	test('a program of another user responds although no listener is visible', async () => {
		const found = await onMac({localhost: ['127.0.0.1']});
		await found.events.change({
			localhost: ['::1', '127.0.0.1'],
			listeners: [{...node, address: '::1', uid: 502, status: 200, https: true}],
		});
		expect(await asked(found)).toEqual([
			'error',
			'other-program',
			`${url} leads to a program of another user, not to Vira. Vira listens on 127.0.0.1.`,
		]);
	});

	test('a process in the process group of the job belongs to the service', async () => {
		const found = await onMac();
		const {services} = await found.events.mac();
		const [[id, service] = ['', undefined]] = Object.entries(services);
		if (!service?.process) throw new Error('It does not run.');
		await found.events.changeMac({
			services: {[id]: {...service, process: {...service.process, child: 1300}}},
		});
		expect(await asked(found)).toEqual(ownStatus);
	});

	test.each([
		['does not exist', {exitCode: undefined, found: false, timedOut: false}],
		['does not finish', {exitCode: undefined, found: true, timedOut: true}],
	])('if lsof %s, a page that responds counts, and the report says so', async (_, result) => {
		const found = await onMac();
		const run: System['run'] = async (command, options) =>
			command[0] === '/usr/sbin/lsof' ? {...result, stdout: '', stderr: ''} : found.run(command, options);
		expect((await asked({...found, run})).slice(0, 2)).toEqual(['ok', 'unknown-owner']);
	});
});
