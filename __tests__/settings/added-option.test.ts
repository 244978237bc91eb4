import {describe, expect, test} from '@jest/globals';
import type {TextOption} from '../../src/settings/option.ts';
import {optionNames, options, withGiven, type OptionName} from '../../src/settings/options.ts';

/** One more entry, and nothing else. */
const added: TextOption = {
	kind: 'text',
	group: 'web',
	label: 'Page title',
	help: 'Title of the web interface.',
	default: 'Vira',
	shape: {pattern: /^[A-Z][a-z ]*$/u, problem: 'Must start with a capital letter.'},
	inFile: ['page', 'title'],
	vira: {flag: '--title', position: 20, value: 'TITLE'},
	module: {position: 20},
};
const name = 'pageTitle' as OptionName;

Object.assign(options, {[name]: added});
(optionNames as OptionName[]).push(name);

// What reads the list is loaded now that it has the entry.
const {mac} = await import('../support/mac.ts');
const {debian, settings: settingsWith} = await import('../support/situation.ts');
const {run} = await import('../support/run-command.ts');
const {simulate} = await import('../support/simulated-linux.ts');

const settings = settingsWith({[name]: 'Build farm'});
const service = async (facts: ReturnType<typeof debian> | ReturnType<typeof mac>) =>
	(await import('../../src/platform/service.ts')).serviceFrom(settings, facts, '/usr/bin/vira');

describe('an option that is added to the list is everywhere:', () => {
	test('among the flags and the variables', async () => {
		const {parseVariables} = await import('../../src/settings/flags.ts');
		const {settingsToWords} = await import('../support/settings-words.ts');
		const {parseRequest} = await import('../../src/command-line/request.ts');
		const {given} = await parseRequest(['--page-title', 'Build farm'], {
			environment: {},
			read: async () => undefined,
		});
		expect(withGiven(settingsWith(), ...given)).toHaveProperty(name, 'Build farm');
		expect(settingsToWords(settings).join(' ')).toContain('--page-title Build farm');
		expect(parseVariables({VIRA_SETUP_PAGE_TITLE: 'Farm'}).given.get(name)).toBe('Farm');
		expect(parseVariables({VIRA_SETUP_PAGE_TITLE: 'farm'}).problems).toEqual([
			{option: name, place: 'VIRA_SETUP_PAGE_TITLE=farm', message: 'Must start with a capital letter.'},
		]);
	});

	test('in the form of the wizard', async () => {
		const {question} = await import('../ui/ink/fixture.ts');
		const {firstState, wizardAfter} = await import('../../src/ui/ink/wizard-state.ts');
		const {drawn} = await import('../ui/ink/drawn.tsx');
		const asked = {type: 'asked', question: question({advice: [], start: settings})} as const;
		const state = wizardAfter(firstState({columns: 80, rows: 99}), asked);
		expect(drawn(state).body.join('\n')).toMatch(/Page title +\* Build farm/u);
	});

	test('in the plain prompts', async () => {
		const {personWho} = await import('../ui/plain/person-who.ts');
		const {askSettings, settingsText} = await import('../../src/ui/plain/ask-settings.ts');
		const start = {facts: debian(), settings, told: []};
		expect(settingsText(start).join('\n')).toMatch(/Page title: Build farm/u);
		const [, number = ''] = /(\d+)\W+Page title/u.exec(settingsText(start).join('\n')) ?? [];
		const person = personWho(number, 'Farm', '');
		const {settings: changed} = await askSettings(start, person);
		expect([changed[name], person.heard]).toEqual([
			'Farm',
			expect.arrayContaining(['? Page title (Build farm) Farm']),
		]);
	});

	test('in the settings file, written and read', async () => {
		const {formatSettingsFile, parseSettingsFile} = await import('../../src/settings/settings-file.ts');
		const text = formatSettingsFile(settings);
		expect(JSON.parse(text)).toHaveProperty('page.title', 'Build farm');
		expect(parseSettingsFile(text).given.get(name)).toBe('Build farm');
		expect(parseSettingsFile('{"page": {"title": "x"}}').problems).toEqual([
			expect.objectContaining({option: name, place: 'page.title "x"'}),
		]);
	});

	test("in the JSON of Vira's module, with what it meant in its unit", async () => {
		const {parseSettingsFile} = await import('../../src/settings/settings-file.ts');
		const alice = {name: 'alice', uid: 1000, home: '/home/alice', platform: 'linux'} as const;
		const {given} = parseSettingsFile('{"enable": true, "page": {"title": "\\"Build farm\\""}}', {
			owner: alice,
		});
		expect(given.get(name)).toBe('Build farm');
	});

	test('in the schema of the settings file, and in that of the output', async () => {
		const {settingsSchema} = await import('../../scripts/generate/settings-schema.ts');
		const {outputSchema} = await import('../../scripts/generate/output-schema.ts');
		expect(settingsSchema()).toHaveProperty('properties.page.properties.title.default', 'Vira');
		expect(JSON.stringify(outputSchema())).toContain('"title"');
	});

	test('in the collection for Ansible', async () => {
		const {ansibleArguments, ansibleDocumentation} = await import('../../scripts/generate/ansible.ts');
		expect(ansibleArguments()).toContain('page_title=dict(type="str"),');
		expect(ansibleArguments()).toContain('"page_title": ["page", "title"],');
		expect(ansibleDocumentation()).toContain('Title of the web interface.');
	});

	test('in the systemd unit', async () => {
		const {unitText} = await import('../../src/platform/systemd/unit/unit.ts');
		expect(unitText(await service(debian()))).toMatch(/^ExecStart=.* "web" .*"--title" "Build farm"$/mu);
	});

	test('in the property list of launchd', async () => {
		const {launchAgentText} = await import('../../src/platform/launchd/agent/launch-agent.ts');
		const text = launchAgentText(await service(mac()), {
			domain: 'gui',
			user: {name: 'alice', home: '/Users/alice'},
			realProgram: '/usr/bin/vira',
			folder: '/Users/alice/state',
			logFile: '/Users/alice/vira.log',
		});
		expect(text).toMatch(/--title[^]*Build farm/u);
	});

	test('in the export for Home Manager', async () => {
		const {homeManagerText} = await import('../../src/settings/home-manager.ts');
		const owner = {user: {name: 'alice', home: '/home/alice'}, platform: 'linux'} as const;
		expect(homeManagerText(settings, owner)).toContain('\n  page.title = "Build farm";\n');
	});

	test('in the pages, the manual, the help and the completions', async () => {
		const {settingsPage} = await import('../../scripts/generate/settings-page.ts');
		const {manualPage} = await import('../../scripts/generate/manual.ts');
		const {helpPage} = await import('../../src/command-line/help.ts');
		const {completionScript} = await import('../../src/commands/completion.ts');
		expect(settingsPage()).toContain(
			'### Page title\n\nTitle of the web interface.\n\n- Value: text. Default: `Vira`.',
		);
		expect(manualPage('1', '2026-01-01')).toContain('Title of the web interface.');
		expect(helpPage('install', 100)).toMatch(/--page-title <TEXT> +Title of the web interface\./u);
		for (const shell of ['bash', 'zsh', 'fish'] as const)
			expect(completionScript(shell)).toContain('page-title');
	});

	test('on a simulated machine, whose Vira is started with it', async () => {
		const system = await simulate();
		const outcome = await run(system, '--page-title', 'Build farm');
		expect(outcome).toMatchObject({code: 0});
		const unit = await system.readFile('/home/alice/.config/systemd/user/vira.service');
		expect(unit).toContain('"--title" "Build farm"\n');
	});
});
