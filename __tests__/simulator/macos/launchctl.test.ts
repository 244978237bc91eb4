import {describe, expect, test} from '@jest/globals';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import {
	agentPath,
	gui,
	label,
	macWithAgent,
	macWithRunning,
	serviceAt,
	typed,
	type MacSimulation,
} from '../../support/simulated-mac.ts';

const hint = 'Try re-running the command as root for richer errors.';
const masked = `5: Input/output error\n${hint}`;
const notFound = `Could not find service "${label}" in domain for user gui: 501`;
const loadFailed =
	'Load failed: 5: Input/output error\nTry running `launchctl bootstrap` as root for richer errors.';
const inProgress = '37: Operation already in progress';

/** The states of a service before a subcommand. */
const states = {
	'not loaded': (given) => macWithAgent(given),
	running: (given) => macWithRunning(given),
	'not running': async (given) => {
		const machine = await macWithRunning(given);
		await machine.events.procExit(gui, {how: 'exit', code: 0});
		return machine;
	},
	'spawn scheduled': async (given) => {
		const machine = await macWithRunning(given);
		await machine.events.procExit(gui, {how: 'exit', code: 1});
		return machine;
	},
	spawning: async (given) => {
		const machine = await macWithAgent(given);
		await machine.events.behave(label, {spawnDelayMs: 500});
		await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
		return machine;
	},
	draining: async (given) => {
		const machine = await macWithRunning(given);
		await typed(machine, `launchctl bootout ${gui}`);
		return machine;
	},
} satisfies Record<string, (given: GivenMac) => Promise<MacSimulation>>;

type State = keyof typeof states;

describe('the result of a subcommand, and the state of the service afterwards', () => {
	test.each<readonly [verb: string, state: State, exit: number, text: string, then: string | undefined]>([
		[`bootstrap gui/501 ${agentPath}`, 'not loaded', 0, '', 'running'],
		[`bootstrap gui/501 ${agentPath}`, 'running', 5, `Bootstrap failed: ${masked}`, 'running'],
		[`bootstrap gui/501 ${agentPath}`, 'not running', 5, `Bootstrap failed: ${masked}`, 'not running'],
		[`bootstrap gui/501 ${agentPath}`, 'draining', 5, `Bootstrap failed: ${masked}`, 'SIGTERMed'],
		[`bootout ${gui}`, 'not loaded', 3, 'Boot-out failed: 3: No such process', undefined],
		[`bootout ${gui}`, 'running', 0, '', 'SIGTERMed'],
		[`bootout ${gui}`, 'not running', 0, '', undefined],
		[`bootout ${gui}`, 'spawn scheduled', 0, '', undefined],
		[`bootout ${gui}`, 'spawning', 0, '', undefined],
		[`bootout ${gui}`, 'draining', 0, '', 'SIGTERMed'],
		[`kickstart ${gui}`, 'not loaded', 113, notFound, undefined],
		[`kickstart ${gui}`, 'running', 0, '', 'running'],
		[`kickstart ${gui}`, 'not running', 0, '', 'running'],
		[`kickstart ${gui}`, 'spawn scheduled', 0, '', 'running'],
		[`kickstart ${gui}`, 'spawning', 37, `Could not kickstart service "${label}": ${inProgress}`, 'spawning'],
		[
			`kickstart ${gui}`,
			'draining',
			37,
			`Could not kickstart service "${label}": ${inProgress}`,
			'SIGTERMed',
		],
		[`kickstart -k ${gui}`, 'not loaded', 113, notFound, undefined],
		[`kickstart -k ${gui}`, 'running', 0, '', 'running'],
		[`kickstart -k ${gui}`, 'not running', 0, '', 'running'],
		[`kill SIGINT ${gui}`, 'not loaded', 113, notFound, undefined],
		[`kill SIGINT ${gui}`, 'running', 0, '', 'running'],
		[`kill SIGINT ${gui}`, 'not running', 3, 'No process to signal.', 'not running'],
		[`print ${gui}`, 'not loaded', 113, notFound, undefined],
		[`load ${agentPath}`, 'not loaded', 0, '', 'running'],
		[`load ${agentPath}`, 'not running', 0, loadFailed, 'not running'],
		[`enable ${gui}`, 'not loaded', 0, '', undefined],
		[`enable ${gui}`, 'running', 0, '', 'running'],
		[`disable ${gui}`, 'not loaded', 0, '', undefined],
		[`disable ${gui}`, 'running', 0, '', 'running'],
	])('launchctl %s, %s: %i', async (verb, state, exit, text, then) => {
		const machine = await states[state]({});
		expect(await typed(machine, `launchctl ${verb}`)).toEqual([exit, text]);
		expect((await serviceAt(machine))?.state).toBe(then);
	});
});

describe('the caller, and the existing domains', () => {
	const headless = {mac: {domains: {501: {gui: false, asid: 0}}}};
	const unseen = {mac: {domains: {}}};
	const bob = {mac: {domains: {502: {gui: true, asid: 100_021}}}};
	const absent = '125: Domain does not support specified action';
	const denied = '1: Operation not permitted';

	test.each<readonly [GivenMac, string, number, string]>([
		[headless, 'print gui/501', 125, `Could not print domain: ${absent}`],
		[headless, `print ${gui}`, 125, `Could not print domain: ${absent}`],
		[headless, `bootstrap gui/501 ${agentPath}`, 125, `Bootstrap failed: ${absent}`],
		[headless, `bootout ${gui}`, 125, `Boot-out failed: ${absent}`],
		[headless, `kickstart ${gui}`, 125, `Could not kickstart service "${label}": ${absent}`],
		[headless, `enable ${gui}`, 125, `Could not enable service: ${absent}`],
		[headless, `disable ${gui}`, 125, `Could not disable service: ${absent}`],
		[headless, `enable user/501/${label}`, 0, ''],
		[headless, `print user/501/${label}`, 113, `Could not find service "${label}" in domain for uid: 501`],
		[unseen, 'print gui/501', 112, 'Could not find domain for user gui: 501'],
		[unseen, 'print user/501', 112, 'Could not find domain for uid: 501'],
		[unseen, `bootstrap user/501 ${agentPath}`, 112, 'Could not find domain for uid: 501'],
		[bob, 'print gui/502', 1, `Could not print domain: ${denied}`],
		[bob, `bootstrap gui/502 ${agentPath}`, 1, `Bootstrap failed: ${denied}`],
		[bob, `bootout gui/502/${label}`, 1, `Boot-out failed: ${denied}`],
		[{}, `bootstrap system ${agentPath}`, 1, `Bootstrap failed: ${denied}`],
		[{}, `enable system/${label}`, 1, `Could not enable service: ${denied}`],
		[{}, `print system/${label}`, 113, `Could not find service "${label}" in domain for system`],
	])('%j: launchctl %s: %i', async (given, line, exit, text) => {
		const machine = await macWithAgent(given);
		expect(await typed(machine, `launchctl ${line}`)).toEqual([exit, text]);
	});

	test.each([
		'print gui/alice',
		`enable ${label}`,
		'bootout gui/501',
		`bootout --wait ${gui}`,
		`print-disabled ${gui}`,
		'bootstrap gui/501',
		'bootstrap gui/501 /Users/alice/Library/LaunchAgents',
		'list',
	])('launchctl %s is not simulated', async (line) => {
		await expect(typed(await macWithAgent(), `launchctl ${line}`)).rejects.toThrow(
			/^The simulat(?:ion|ed machine) /u,
		);
	});
});

describe('a launchctl that does not work', () => {
	test('uses up its time limit if it hangs', async () => {
		const machine = await macWithRunning({clock: 0});
		await machine.events.changeMac({launchctl: 'hangs'});
		const before = machine.now();
		const asked = await machine.run(['/bin/launchctl', 'print', gui], {timeoutMs: 30_000});
		expect([asked.timedOut, machine.now() - before]).toEqual([true, 30_020]);
		await expect(machine.run(['launchctl', 'print', gui])).rejects.toThrow('was run without a time limit');
	});

	test('may be missing', async () => {
		const machine = await macWithAgent({mac: {launchctl: 'missing'}});
		expect(await machine.run(['/bin/launchctl', 'print', gui])).toMatchObject({found: false});
	});
});

test('a bootout that exits with 0 and unloads nothing, as observed', async () => {
	const machine = await macWithRunning();
	await machine.events.behave(label, {failNext: {bootout: [0]}});
	expect(await typed(machine, `launchctl bootout ${gui}`)).toEqual([0, '']);
	await machine.sleep(30_000);
	expect(await serviceAt(machine)).toMatchObject({state: 'running', runs: 1});
	await typed(machine, `launchctl bootout ${gui}`);
	expect((await serviceAt(machine))?.state).toBe('SIGTERMed');
});
