import {parseArgs} from 'node:util';
import {bootFleet} from './fleet/fleet.ts';
import {fleetFolder} from './fleet/inventory.ts';
import {handOver} from './machine/hand-over.ts';
import {chosenSuite, type Suite} from './machine/recipe.ts';

/** `npm run fleet -- 6`: so many machines, half of them Debian 12 and half Debian 13. */
const {values, positionals} = parseArgs({options: {suite: {type: 'string'}}, allowPositionals: true});

const countOf = (text = '4'): number => {
	if (!/^[1-9]\d?$/u.test(text)) throw new Error(`${text} is not a number of machines from 1 to 99.`);
	return Number(text);
};

const visitFleet = async (count: number, control: Suite): Promise<number> => {
	if (!process.stdin.isTTY || !process.stdout.isTTY) throw new Error('The fleet is for a terminal.');
	console.log('Booting (the first time, the images take some minutes) …');
	const suites = Array.from({length: count}, (_, index): Suite => (index % 2 === 0 ? 'bookworm' : 'trixie'));
	const fleet = await bootFleet({suites, control, onBoot: (name) => console.log(`✔ ${name}`)});
	try {
		console.log('You are root on the control machine. Try: ansible-playbook vira.setup.simple');
		console.log('Leave with Ctrl-D; the machines and all that is on them are gone then.');
		return await handOver(fleet.control, ['env', `--chdir=${fleetFolder}`, 'bash'], 'root');
	} finally {
		await fleet.destroy();
	}
};

try {
	process.exitCode = await visitFleet(countOf(positionals[0]), chosenSuite(values.suite));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
