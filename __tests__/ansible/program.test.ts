import {execFileSync, spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {expect, test as jestTest} from '@jest/globals';

const utils = join(import.meta.dirname, '../../ansible/plugins/module_utils');
const hasPython = spawnSync('python3', ['--version']).status === 0;
const test = hasPython ? jestTest : jestTest.skip;
const why = hasPython ? '' : ' (skipped: needs python3)';

/** Python as Ansible would import the collection, without Ansible. */
const python = (expression: string, input: unknown): unknown => {
	const script = `
import importlib.util, json, sys, types
def load(name):
    spec = importlib.util.spec_from_file_location(name, sys.argv[1] + "/" + name.split(".")[-1] + ".py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
package = "ansible_collections.vira.setup.plugins.module_utils"
parts = package.split(".")
for end in range(1, len(parts) + 1):
    sys.modules[".".join(parts[:end])] = types.ModuleType(parts[end - 1])
sys.modules[package + ".settings"] = load(package + ".settings")
program = load(package + ".program")
given = json.load(sys.stdin)
print(json.dumps(${expression}))
`;
	const printed = execFileSync('python3', ['-B', '-c', script, utils], {
		encoding: 'utf8',
		input: JSON.stringify(input),
	});
	return JSON.parse(printed);
};

const notice = (message: string, more: object = {}) => ({message, detail: null, fixes: [], ...more});

test(`all problems are in one message, each with the name of its option and its fixes${why}`, () => {
	const fixes = [{say: 'Find the program:', command: 'ss -ltnp'}, {say: 'Or use another port.'}];
	const problems = [
		notice('Port 80 is in use.', {setting: 'port', fixes}),
		notice('Must be a path.', {setting: 'systemd.environment', detail: 'It is relative.'}),
	];
	expect(python('program.error_text(given)', {error: notice('', {problems})})).toBe(
		[
			'2 problems:',
			'- port: Port 80 is in use. Find the program: `ss -ltnp` Or use another port.',
			'- environment: Must be a path. It is relative.',
		].join('\n'),
	);
});

test(`what could not be undone is a part of the message${why}`, () => {
	const document = {error: notice('Vira exited.'), notUndone: [notice('Vira has imported app.')]};
	expect(python('program.error_text(given)', document)).toBe('Vira exited.\nVira has imported app.');
});

test(`a settings file has what was given, at its place, and nothing else${why}`, () => {
	const given = {port: 80, tls_cert: null, environment: {A: 'b'}, repositories: {}};
	const expression = 'program.settings_document({name: given.get(name) for name in program.PLACES})';
	expect(python(expression, given)).toEqual({
		port: 80,
		systemd: {environment: {A: 'b'}},
		initialState: {repositories: {}},
	});
});
