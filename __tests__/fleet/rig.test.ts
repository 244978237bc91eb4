import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {waitUntil} from '../../scripts/machine/poll.ts';
import {childrenOf} from '../../scripts/machine/processes.ts';

const script = `
import {bootFleet} from '${join(import.meta.dirname, '../../scripts/fleet/fleet.ts')}';
const fleet = await bootFleet({suites: ['bookworm']});
const {stdout} = await fleet.run(['ansible', 'vira', '-o', '-m', 'ping']);
const routes = await fleet.control.run(['grep', '-P', '^\\\\S+\\\\t00000000', '/proc/net/route']);
console.log(JSON.stringify({pong: stdout.includes('pong'), routes: routes.stdout}));
setInterval(() => {}, 1000);
`;

const descendantsOf = async (id: number): Promise<readonly number[]> => {
	const children = await childrenOf(id);
	return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
};

const interfaces = (): readonly string[] => readdirSync('/sys/class/net').toSorted();

test('a fleet has no way out, adds nothing to the network of the host, and is gone when its process is killed', async () => {
	const before = interfaces();
	const words = ['--import', 'tsx', '--input-type=module', '--eval', script];
	const fleet = spawn(process.execPath, words, {stdio: ['ignore', 'pipe', 'inherit']});
	const [told] = (await once(fleet.stdout, 'data')) as [Buffer];
	expect(JSON.parse(told.toString())).toEqual({pong: true, routes: ''});
	expect(interfaces()).toEqual(before);
	const started = await descendantsOf(fleet.pid ?? 0);
	expect(started.length).toBeGreaterThan(20);
	fleet.kill('SIGKILL');
	const remaining = () => started.filter((id) => existsSync(`/proc/${id}`));
	await waitUntil('every process of the fleet was gone', () => (remaining().length === 0 ? true : undefined));
}, 600_000);
