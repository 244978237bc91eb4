import {baseImage} from '../../scripts/machine/base.ts';
import {chosenSuite} from '../../scripts/machine/recipe.ts';

/** Runs once, before the tests: apt can install what machines need for one process only at a time. */
export default async function makeImage(): Promise<void> {
	await baseImage(chosenSuite());
}
