import type {Picture} from './picture-of.ts';

/** All of a picture, one by one: `file PATH`, `lingering`, `unit NAME`, … and how it is. */
export type Flat = Readonly<Record<string, string>>;

const withoutTime = (text: string): string => text.replace(/"at": "[^"]*"/u, '"at": ""');

export const flat = ({files, lingering, enabled, units, launchd}: Picture): Flat => ({
	...Object.fromEntries(
		Object.entries(files).map(([path, what]) => [
			`file ${path}`,
			path.endsWith('/receipt.json') ? withoutTime(what) : what,
		]),
	),
	lingering: String(lingering),
	...Object.fromEntries(enabled.map((name) => [`enabled ${name}`, 'yes'])),
	...Object.fromEntries(
		Object.entries(units).flatMap(([name, {active, loaded}]) => [
			...(active === 'inactive' ? [] : [[`unit ${name}`, active] as const]),
			...(loaded ? [[`loaded ${name}`, JSON.stringify(loaded)] as const] : []),
		]),
	),
	...Object.fromEntries(
		Object.entries(launchd?.services ?? {}).flatMap(([id, {path, job, runs}]) => [
			[`launchd ${id}`, runs ? 'runs' : 'waits'],
			[`loaded ${id}`, `${path} ${JSON.stringify(job)}`],
		]),
	),
	...Object.fromEntries((launchd?.disabled ?? []).map((id) => [`switched off ${id}`, 'yes'])),
});

/** What is not the same in both, by its name. */
export const different = (one: Flat, other: Flat): readonly string[] =>
	[...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
