import type {RemovalChoices} from '../steps/plan-removal.ts';

interface Decision {
	readonly label: string;
	readonly yes: string;
	readonly no: string;
	/** What follows from it. */
	readonly why: string;
}

/** What a person decides before something is removed, in words. */
export const removalDecisions: Readonly<Record<keyof RemovalChoices, Decision>> = {
	disableLinger: {
		label: 'Lingering',
		yes: 'turn it off',
		no: 'leave it on',
		why: 'vira-setup turned it on. Off, whatever else of yours runs stops when you log out.',
	},
	overwrite: {
		label: 'Changed by hand',
		yes: 'remove',
		no: 'keep',
		why: 'Files that were changed since vira-setup wrote them; they are shown above.',
	},
	purge: {
		label: "Vira's state",
		yes: 'delete for good',
		no: 'keep',
		why: 'Its repositories, jobs, keys and log. The next setup goes on with what is kept.',
	},
};
