import {describe, expect, test} from '@jest/globals';
import {setUp} from '../../support/linux-states.ts';
import {simulateMac} from '../../support/mac-rehearsal.ts';
import {macSetUp} from '../../support/mac-setup.ts';
import {simulate} from '../../support/rehearsal.ts';
import {refusal, run} from '../../support/run-command.ts';

const node = {port: 5005, program: 'node'};
const inUse = (who: string) => ({
	code: 2,
	what: `--port: Port 5005 is in use by ${who}. Stop that program, or use another port.`,
});

describe.each([
	['Linux', simulate, setUp],
	['a Mac', simulateMac, macSetUp],
])('on %s', (_, fresh, running) => {
	test('a port is taken where that of the first address of localhost is', async () => {
		const machine = await fresh({listeners: [{...node, address: '::1'}]});
		expect(await refusal(machine)).toMatchObject(inUse('node (PID 900)'));
	});

	test('a port is free where only that of another address of localhost is taken', async () => {
		const machine = await fresh({listeners: [{...node, address: '127.0.0.1'}]});
		expect(await run(machine)).toMatchObject({code: 0, document: {outcome: 'installed', healthy: true}});
	});

	test('without IPv6, localhost is the address that the machine has', async () => {
		const machine = await fresh({addresses: ['127.0.0.1'], localhost: ['::1', '127.0.0.1']});
		expect(await run(machine)).toMatchObject({code: 0, document: {outcome: 'installed', healthy: true}});
		const taken = await fresh({addresses: ['127.0.0.1'], listeners: [{...node, address: '127.0.0.1'}]});
		expect(await refusal(taken)).toMatchObject(inUse('node (PID 900)'));
	});

	test('a program that has the port of a service that runs is not taken for the service', async () => {
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

test('a program of another user is named by the user on Linux, where the port tells it', async () => {
	const machine = await simulate({listeners: [{...node, uid: 0}]});
	await machine.writeFile('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n', 0o644);
	expect(await refusal(machine)).toMatchObject(inUse('a program of user root'));
});

test('where the machine does not say who has a port, a service that runs and was given it has it', async () => {
	const machine = await setUp();
	await machine.events.change({unreadable: ['/proc/net']});
	expect(await run(machine, '--job-retention-days', '15')).toMatchObject({code: 0});
	const taken = await simulate({unreadable: ['/proc/net'], listeners: [node]});
	expect(await refusal(taken)).toMatchObject(inUse('another program'));
});

test('on a Mac, where those of other users are not seen, Vira has the port at no other address than its own', async () => {
	const machine = await macSetUp({localhost: ['127.0.0.1']});
	const listeners = [{...node, address: '::1', uid: 502}];
	await machine.events.change({localhost: ['::1', '127.0.0.1'], listeners});
	expect(await refusal(machine, '--job-retention-days', '15')).toMatchObject(inUse('another program'));
});
