/** The codes of errors, by exit status. */
export const errorNames: Readonly<Record<number, string>> = {
	1: 'unexpected',
	2: 'usage',
	3: 'unsuitable',
	4: 'privilege',
	5: 'refused',
	6: 'unhealthy',
	130: 'cancelled',
};
