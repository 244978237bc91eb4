import {baseImage} from '../../scripts/machine/base.ts';
import {chosenSuite} from '../../scripts/machine/recipe.ts';

/** Runs once, before the tests: apt can only install packages for one process at a time. */
export default async function makeImage(): Promise<void> {
	await baseImage(chosenSuite());
}
