import type {RemovalChoices} from '../../steps/removal/plan-removal.ts';

interface Decision {
	readonly label: string;
	readonly yes: string;
	readonly no: string;
	/** What it means. */
	readonly why: string;
}

/** The text of each decision before a removal. */
export const removalDecisions: Readonly<Record<keyof RemovalChoices, Decision>> = {
	disableLinger: {
		label: 'Lingering',
		yes: 'turn it off',
		no: 'leave it on',
		why: 'vira-setup turned it on. With lingering off, your other services stop when you log out.',
	},
	overwrite: {
		label: 'Changed by hand',
		yes: 'remove',
		no: 'keep',
		why: 'These files were changed after vira-setup wrote them. They are shown above.',
	},
	purge: {
		label: "Vira's state",
		yes: 'delete permanently',
		no: 'keep',
		why: 'Repositories, jobs, keys and log. A later install reuses what you keep.',
	},
};
