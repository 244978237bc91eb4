import {posix} from 'node:path';
import type {Action} from '../../../src/platform/actions/action.ts';
import {commandText} from '../../../src/platform/command-text.ts';
import {
	accountVariables,
	ownVariables,
	runningWith,
	serviceFrom,
	type Service,
} from '../../../src/platform/service.ts';
import {asRoot, viraFound} from '../../../src/platform/service-manager/advice.ts';
import {nothing} from '../../../src/platform/service-manager/check.ts';
import type {LogSource} from '../../../src/platform/service-manager/log-source.ts';
import type {ByHand, Remover} from '../../../src/platform/service-manager/manager-parts.ts';
import type {Manager} from '../../../src/platform/service-manager/service-manager.ts';
import type {RunitMachine} from './facts.ts';
import {readState, sv, svAction} from './sv.ts';

const mark = '#!/bin/sh\n# The service of Vira, written by vira-setup.\n';

export const isOurs = (text: string): boolean => text.startsWith(mark);

const logFile = ({folders}: RunitMachine): string => `${folders.state}/vira.log`;

const scriptText = ({program, arguments: words, environment}: Service, log: string): string => {
	const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
	const command = commandText(['env', ...variables, program, ...words]);
	return `${mark}exec >>${commandText([log])} 2>&1\nexec ${command}\n`;
};

const programIn = (script: string): string | undefined => / (\/\S+) web /u.exec(script)?.[1];

const up = ({serviceFiles: [file], service}: RunitMachine, why: string): readonly Action[] =>
	service.active === 'active' ? [] : [svAction('up', file, why)];

const down = ({serviceFiles: [file], service}: RunitMachine, why: string): readonly Action[] =>
	service.active === 'active' ? [svAction('down', file, why)] : [];

const byHand = (facts: RunitMachine): ByHand => ({
	cannotStart: () => undefined,
	program: async (_system, {files}) => programIn(files.get(facts.serviceFiles[0])?.content ?? ''),
	asPlaced: (settings) => settings,
	unmask: [],
	start: () => up(facts, 'as requested'),
	restart: () => [...down(facts, 'as requested'), svAction('up', facts.serviceFiles[0], 'as requested')],
	stop: down(facts, 'as requested'),
	whyUnknown: async () => undefined,
	nextStart: () => ({when: 'boot', message: 'It starts again at boot.'}),
});

const logOf = (path: string): LogSource => ({
	name: path,
	refuse: async () => undefined,
	command: async ({lines}) => ['tail', '-n', lines === undefined ? '+1' : String(lines), path],
	complain: async () => undefined,
	elsewhere: async () => undefined,
	growth: async () => undefined,
});

const removerOn = (facts: RunitMachine): Remover => ({
	refusals: [],
	isLive: facts.service.enabled === true,
	readTies: async () => ({startLink: undefined, lingeringFor: [], dropIns: []}),
	retire: () => down(facts, 'stop the service'),
	afterDelete: undefined,
	keptService: () => 'runit starts it again at boot',
	forget: [],
	mayDisableLinger: () => false,
	lingerOff: [],
	lingering: () => [],
	stillLingering: undefined,
	log: {file: logFile(facts)},
	strangers: () => [],
});

const always = {startsAtBoot: true, survivesLogout: true} as const;

type Watching =
	| 'countsEveryStart'
	| 'isAstray'
	| 'diagnose'
	| 'howEnded'
	| 'readState'
	| 'readProcesses'
	| 'whyNotEnded'
	| 'readVitals'
	| 'readPersistence'
	| 'readLog'
	| 'log'
	| 'explainLog'
	| 'status'
	| 'drift'
	| 'dropIns';

const watching = (facts: RunitMachine): Pick<Manager, Watching> => ({
	countsEveryStart: false,
	isAstray: () => false,
	diagnose: () => undefined,
	howEnded: () => undefined,
	readState,
	readProcesses: async (system) => {
		const {mainPid} = await readState(system);
		return mainPid === undefined ? [] : [{pid: mainPid, name: 'vira'}];
	},
	whyNotEnded: 'runsv has not stopped it yet.',
	readVitals: async (_system, {file}) => ({
		loaded: file !== undefined,
		since: undefined,
		memory: undefined,
		ending: undefined,
	}),
	readPersistence: async () => always,
	readLog: async (system) => {
		const text = await system.readFile(logFile(facts), {lossy: true});
		return {lines: (text ?? '').split('\n').filter(Boolean).slice(-20)};
	},
	log: logOf(logFile(facts)),
	explainLog: () => undefined,
	status: {
		onlyAtLogin: 'no: only when you log in',
		absent: 'runsvdir is not running',
		fact: () => ({good: true, label: 'Supervised', value: 'by runsv'}),
		fields: {},
	},
	drift: async () => [],
	dropIns: [],
});

/** A service of runit, of this user. */
export const runit = (facts: RunitMachine): Manager => {
	const [file] = facts.serviceFiles;
	return {
		name: 'runit',
		refusals: facts.user.uid === 0 ? [asRoot(facts)] : [],
		advice: [viraFound(facts)],
		checks: [],
		checkService: async () => nothing,
		servicesFolderFix: undefined,
		ownPlaces: {isFile: () => false, isFolder: () => false, files: [logFile(facts)]},
		folders: () => [posix.dirname(file)],
		serviceFile: (settings, {path}) => ({
			path: file,
			// It is a program, and may contain secrets.
			mode: 0o700,
			content: scriptText(serviceFrom(settings, facts, path), logFile(facts)),
		}),
		asService: async (system, {settings}) =>
			runningWith(system, {...accountVariables(facts.user), ...ownVariables(settings, facts)}),
		stagedFor: () => undefined,
		preparation: () => [],
		stop: () => down(facts, 'stop the service before its file changes'),
		start: (_settings, {restart}) =>
			restart ? [svAction('up', file, 'start the service')] : up(facts, 'start the service'),
		stepOf: (action) => (action.does !== 'run' ? undefined : action.command[1] === 'up' ? 'start' : 'stop'),
		byHand: byHand(facts),
		startsLater: () => undefined,
		announcement: [],
		outlook: () => ({...always, warnings: []}),
		...watching(facts),
		remover: removerOn(facts),
		commands: {
			status: () => sv('status', file),
			stop: sv('down', file),
			nixDaemon: () => ['sudo', 'sv', 'restart', 'nix-daemon'],
			log: ['tail', logFile(facts)],
			followLog: ['tail', '-f', logFile(facts)],
		},
	};
};
