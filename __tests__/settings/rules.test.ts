import {expect, test} from '@jest/globals';
import type {Settings} from '../../src/settings/options.ts';
import {problemsOf} from '../../src/settings/rules.ts';
import {settings} from '../support/situation.ts';

test.each([
	[{}, []],
	[{tlsCert: '/c.pem', tlsKey: '/k.pem'}, []],
	[{tlsCert: '/c.pem'}, ['tlsKey']],
	[{tlsKey: '/k.pem'}, ['tlsCert']],
	[{https: false, tlsCert: '/c.pem', tlsKey: '/k.pem'}, []],
	[{https: false, tlsCert: '/c.pem'}, []],
	[{package: ''}, ['package']],
	[{environment: {PATH: '/bin'}}, []],
	[{environment: {PATH: '/bin'}, extraPackages: ['/opt/x']}, ['environment']],
] satisfies readonly (readonly [Partial<Settings>, readonly string[]])[])(
	'%j is rejected at %j',
	(changes, options) => {
		expect(problemsOf(settings(changes), 'linux').map(({option}) => option)).toEqual(options);
	},
);

const refusedFor = (line: string): string => {
	const [name = '', value = ''] = line.split('=');
	return problemsOf(settings({serviceConfig: {[name]: value}}), 'linux')
		.map(({item, message}) => `${item ?? ''}: ${message.slice(name.length + 2).slice(0, 40)}`)
		.join();
};

const unwatched = "systemd would not watch Vira's own proce";
const leftRunning = 'stopping the service could leave Vira or';

test.each([
	['Type=oneshot', 'Type: systemd would wait for a signal that Vir'],
	['Type=notify-reload', 'Type: systemd would wait for a signal that Vir'],
	['RemainAfterExit=yes', 'RemainAfterExit: systemd would report the service as runn'],
	['RemainAfterExit= True', 'RemainAfterExit: systemd would report the service as runn'],
	['GuessMainPID=off', `GuessMainPID: ${unwatched}`],
	['PIDFile=vira.pid', `PIDFile: ${unwatched}`],
	['ExitType=cgroup', `ExitType: ${unwatched}`],
	['KillMode=none', `KillMode: ${leftRunning}`],
	['KillMode=process', `KillMode: ${leftRunning}`],
	['SendSIGKILL=no', `SendSIGKILL: ${leftRunning}`],
	['FinalKillSignal=SIGCONT', `FinalKillSignal: ${leftRunning}`],
	['WatchdogSec=1min 0s', 'WatchdogSec: Vira does not notify systemd, so systemd'],
])('%s, with which systemd loses track of Vira, is refused with the reason', (line, problem) => {
	expect(refusedFor(line)).toBe(problem);
});

test.each([
	'Type=exec',
	'Type=simple',
	'Type=idle',
	'RemainAfterExit=no',
	'GuessMainPID=yes',
	'ExitType=main',
	'KillMode=mixed',
	'KillMode=control-group',
	'SendSIGKILL=true',
	'FinalKillSignal=KILL',
	'FinalKillSignal=9',
	'Restart=always',
	'WatchdogSec=0',
	'WatchdogSec=0min 0s',
	'WatchdogSec=infinity',
	'TimeoutStopSec=10min',
])('%s is accepted', (line) => {
	expect(refusedFor(line)).toBe('');
});
