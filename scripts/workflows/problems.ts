/** What is wrong with a workflow of GitHub beyond what actionlint finds, a sentence each, with its line. */
export const workflowProblems = (text: string, scripts: ReadonlySet<string>): readonly string[] => {
	const lines = text.split('\n');
	const problems = lines.flatMap((line, index) => {
		const say = (problem: string): readonly string[] => [`${index + 1}: ${problem}`];
		const used = /^\s*(?:- )?uses: (?<action>.*)$/u.exec(line)?.groups?.['action'];
		if (used !== undefined && !/^[\w-]+\/[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/u.test(used))
			return say(`${used} is not pinned by a commit with its version in a comment.`);
		const script = /\bnpm run (?:--silent )?(?<name>[\w:-]+)/u.exec(line)?.groups?.['name'];
		if (script !== undefined && !scripts.has(script)) return say(`package.json has no script ${script}.`);
		return /^\s*permissions: write-all/u.test(line) ? say('A job must not have every permission.') : [];
	});
	return /^permissions:\n {2}contents: read\n(?! )/mu.test(text)
		? problems
		: [...problems, '1: The permissions of every job must be contents: read, and more only in a job.'];
};
