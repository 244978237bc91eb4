/** Caches the result for each object while that is referenced: every frame asks again for what has not changed. */
export const remembered = <Key extends object, Answer>(
	answer: (key: Key) => Answer,
): ((key: Key) => Answer) => {
	const known = new WeakMap<Key, {readonly answer: Answer}>();
	return (key) => {
		const before = known.get(key);
		if (before) return before.answer;
		const now = {answer: answer(key)};
		known.set(key, now);
		return now.answer;
	};
};
