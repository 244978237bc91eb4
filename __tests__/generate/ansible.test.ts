import {execFileSync, spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {
	ansibleArguments,
	ansibleDocumentation,
	roleArguments,
	roleTask,
} from '../../scripts/generate/ansible.ts';
import {optionNames, optionOf} from '../../src/settings/options.ts';
import {nameInFile} from '../../src/settings/settings-file.ts';

const role = join(import.meta.dirname, '../../ansible/roles/vira');
const hasPython = spawnSync('python3', ['--version']).status === 0;
const withPython = hasPython ? test : test.skip;
const why = hasPython ? '' : ' (skipped: needs python3)';

withPython(`each option is an argument of its type, with its place in the settings file${why}`, () => {
	const script = `${ansibleArguments()}\nimport json; print(json.dumps([ARGUMENTS, PLACES, MAPS]))`;
	const printed = execFileSync('python3', ['-c', script], {encoding: 'utf8'});
	const [given, places, maps] = JSON.parse(printed) as [
		Record<string, {type: string; no_log?: boolean; choices?: string[]}>,
		Record<string, string[]>,
		string[],
	];
	expect(Object.values(places).map((place) => place.join('.'))).toEqual(optionNames.map(nameInFile));
	expect(given['port']).toEqual({type: 'int'});
	expect(given['log_level']?.choices).toContain('Warning');
	expect(maps).toEqual(['repositories', 'environment', 'service_config']);
	for (const name of maps) expect(given[name]).toEqual({type: 'dict', no_log: true});
});

test('each option is documented with its help, its default and its platform', () => {
	const text = ansibleDocumentation().replaceAll(/\s+/gu, ' ');
	// A dictionary has a name for each URL.
	const ofCommandLine = ' A URL alone is named after its last part.';
	for (const name of optionNames) expect(text).toContain(optionOf(name).help.replace(ofCommandLine, ''));
	expect(text).not.toContain(ofCommandLine);
	expect(text).toContain('If it is not given, it is C(5005). type: int');
	expect(text).toContain('Only on macOS.');
});

test('the role passes each setting on, and has what stands above the generated lines', () => {
	const read = (path: string): string => readFileSync(join(role, path), 'utf8');
	const task = roleTask(read('tasks/service.yml'));
	expect(task).toContain('    state_dir: "{{ vira_state_dir | default(omit) }}"\n');
	expect(roleTask(task)).toBe(task);
	const specs = roleArguments(read('meta/argument_specs.yml'));
	expect(specs).toContain('      vira_account:\n');
	for (const name of task.matchAll(/vira_[a-z_]+(?= \|)/gu)) expect(specs).toContain(`      ${name[0]}:\n`);
	expect(() => roleTask('---\n')).toThrow('lacks the line');
});
