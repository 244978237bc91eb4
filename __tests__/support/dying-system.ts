import {halfWrittenOf} from '../../src/platform/write-whole.ts';
import type {System} from '../../src/platform/system.ts';
import {through, type Operation} from './faulty-system.ts';

/** A system that answers nothing any more from a point on, as if the program had been killed there (SIGKILL). */
export interface Dying<S extends System> {
	readonly system: S;
	/** Resolves once it is dead. */
	readonly dead: Promise<'dead'>;
	/** What was passed so far: before and after each change of a file and each command, and within each writing. */
	readonly points: readonly string[];
}

/** `killAt`: the number of the point, from 1; 0: it lives. */
export const dying = <S extends System>(system: S, killAt: number): Dying<S> => {
	const points: string[] = [];
	const never = new Promise<never>(() => undefined);
	let die: (how: 'dead') => void = () => undefined;
	const dead = new Promise<'dead'>((resolve) => {
		die = resolve;
	});
	const isDead = (): boolean => killAt > 0 && points.length >= killAt;
	const pass = async (point: string): Promise<void> => {
		points.push(point);
		if (!isDead()) return;
		die('dead');
		await never;
	};
	const alive = through(system, async <T>({kind, what}: Operation, doing: () => Promise<T>): Promise<T> => {
		if (isDead()) return never;
		if (kind === 'read') return doing();
		await pass(`before ${what}`);
		const answer = await doing();
		await pass(`after ${what}`);
		return answer;
	});
	const whileAlive =
		<Given extends readonly unknown[], T>(doing: (...given: Given) => Promise<T>) =>
		(...given: Given): Promise<T> =>
			isDead() ? never : doing(...given);
	return {
		dead,
		points,
		system: {
			...alive,
			// As write-whole.ts does it: beside the file first.
			writeFile: async (path, content, mode) => {
				if (isDead()) return never;
				const beside = halfWrittenOf(path);
				await system.writeFile(beside, content.slice(0, content.length / 2), 0o600);
				await pass(`within writeFile ${path}`);
				await system.deleteFile(beside);
				return alive.writeFile(path, content, mode);
			},
			deleteFile: async (path) => {
				await alive.deleteFile(path);
				await system.deleteFile(halfWrittenOf(path));
			},
			ask: whileAlive(system.ask),
			tryListen: whileAlive(system.tryListen),
			sleep: whileAlive(system.sleep),
			lock: whileAlive(system.lock),
		},
	};
};
