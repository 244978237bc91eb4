/** Caches the results for each object while that is referenced: for what is asked again and again, such as in every frame of the wizard. */
export const remembered = <Key extends object, Rest extends readonly string[], Answer>(
	answer: (key: Key, ...rest: Rest) => Answer,
): ((key: Key, ...rest: Rest) => Answer) => {
	const known = new WeakMap<Key, Map<string, Answer>>();
	return (key, ...rest) => {
		const answers = known.get(key) ?? new Map<string, Answer>();
		const about = rest.join(' ');
		const now = answers.get(about) ?? answer(key, ...rest);
		known.set(key, answers.set(about, now));
		return now;
	};
};
