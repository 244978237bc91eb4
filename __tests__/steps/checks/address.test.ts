import {describe, expect, test} from '@jest/globals';
import {setUp} from '../../support/linux-states.ts';
import {simulateMac} from '../../support/simulated-mac.ts';
import {macSetUp} from '../../support/mac-setup.ts';
import {simulate} from '../../support/simulated-linux.ts';
import {refusal, run} from '../../support/run-command.ts';

const node = {port: 5005, program: 'node'};
const inUse = (who: string) => ({
	exit: 2,
	message: `--port: Port 5005 is in use by ${who}. Stop that program, or use port 5006, which is free.`,
});

describe.each([
	['Linux', simulate, setUp],
	['a Mac', simulateMac, macSetUp],
])('on %s', (_, fresh, running) => {
	test('a port is taken if it is taken at the first address of localhost', async () => {
		const machine = await fresh({listeners: [{...node, address: '::1'}]});
		expect(await refusal(machine)).toMatchObject(inUse('node (PID 900)'));
	});

	test('a port is free if it is only taken at another address of localhost', async () => {
		const machine = await fresh({listeners: [{...node, address: '127.0.0.1'}]});
		expect(await run(machine)).toMatchObject({code: 0, document: {outcome: 'installed', healthy: true}});
	});

	test('without IPv6, localhost is the address that the machine has', async () => {
		const machine = await fresh({addresses: ['127.0.0.1'], localhost: ['::1', '127.0.0.1']});
		expect(await run(machine)).toMatchObject({code: 0, document: {outcome: 'installed', healthy: true}});
		const taken = await fresh({addresses: ['127.0.0.1'], listeners: [{...node, address: '127.0.0.1'}]});
		expect(await refusal(taken)).toMatchObject(inUse('node (PID 900)'));
	});

	test('a program on the port of a running service is not taken for the service', async () => {
		const machine = await running({localhost: ['127.0.0.1']});
		await machine.events.change({
			localhost: ['::1', '127.0.0.1'],
			listeners: [{...node, address: '::1'}],
		});
		expect(await refusal(machine, '--job-retention-days', '15')).toMatchObject(inUse('node (PID 900)'));
	});

	test('the port of the service itself is free for its next process', async () => {
		const {code, document} = await run(await running(), '--job-retention-days', '15');
		expect([code, document.outcome]).toEqual([0, 'updated']);
	});
});

test('a program of another user is named by its user on Linux, if the port shows it', async () => {
	const machine = await simulate({listeners: [{...node, uid: 0}]});
	await machine.writeFile('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n', 0o644);
	expect(await refusal(machine)).toMatchObject(inUse('a program of user root'));
});

test('if the machine does not show who has a port, a running service with that port has it', async () => {
	const machine = await setUp();
	await machine.events.change({unreadable: ['/proc/net']});
	expect(await run(machine, '--job-retention-days', '15')).toMatchObject({code: 0});
	const taken = await simulate({unreadable: ['/proc/net'], listeners: [node]});
	expect(await refusal(taken)).toMatchObject(inUse('another program'));
});

test('on a Mac, where sockets of other users are hidden, Vira has the port only at its own address', async () => {
	const machine = await macSetUp({localhost: ['127.0.0.1']});
	const listeners = [{...node, address: '::1', uid: 502}];
	await machine.events.change({localhost: ['::1', '127.0.0.1'], listeners});
	expect(await refusal(machine, '--job-retention-days', '15')).toMatchObject(inUse('another program'));
});

test('the next port that is free is suggested, and it works', async () => {
	const listeners = [5005, 5006, 5007].map((port) => ({...node, port}));
	const message: unknown = expect.stringContaining('use port 5008, which is free.');
	expect(await refusal(await simulate({listeners}))).toMatchObject({message});
	expect(await run(await simulate({listeners}), '--port', '5008')).toMatchObject({code: 0});
});

test.each([
	['if none of the next ports is free', 5005, 21],
	['after the highest port', 65_535, 1],
])('no port is suggested %s', async (_, first, count) => {
	const listeners = Array.from({length: count}, (_one, index) => ({...node, port: first + index}));
	const message: unknown = expect.stringContaining('or use another port.');
	expect(await refusal(await simulate({listeners}), '--port', String(first))).toMatchObject({message});
});
