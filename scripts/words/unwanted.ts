/** A phrase that must not come back, and what plain English has in its place. */
export interface Unwanted {
	readonly phrase: RegExp;
	readonly better: string;
}

const words = (pattern: string): RegExp => new RegExp(String.raw`(?<![\w-])(?:${pattern})(?![\w-])`, 'iu');

/** Each was found in a text of this program, where a reader stumbled over it. CONTRIBUTING.md has the glossary. */
export const unwanted: readonly Unwanted[] = [
	{phrase: words('put(?:s|ting)? (?:\\S+ )?right'), better: 'fix'},
	{phrase: words('of before'), better: 'previous'},
	{phrase: words('is no(?! longer)|are no(?! longer)|was no(?! longer)'), better: 'is not a, or there is no'},
	{phrase: words('(?:has|have|had|was|is) said'), better: 'printed, logged, reported'},
	{phrase: words('whoever|nobody|somebody'), better: 'someone, someone else, no one; or name the account'},
	{phrase: words('look(?:s|ed|ing)? at|looks? whether'), better: 'check, read'},
	{phrase: words('go(?:es|ing)? on|went on|gone on'), better: 'continue, keep running'},
	{phrase: words('as it was set up|otherwise than'), better: 'changed since setup, different from'},
	{phrase: words('a word too many'), better: 'unexpected argument'},
	{phrase: words('(?:is|are|was|were|be) told|tells? whether'), better: 'show, print, report'},
	{phrase: words('read over|passed (?:by|over)|heeded'), better: 'ignored'},
	{
		phrase: words('(?:taken|takes?|took) (?:it |them )?back|(?:puts?|putting) (?:it |them )?back'),
		better: 'undo, restore',
	},
	{phrase: words('spoil(?:s|t|ed)?|garbled'), better: 'damaged, unreadable'},
	{phrase: words('(?:you|it|vira-setup) may not'), better: 'permission denied, cannot'},
	{phrase: words('there is no room|no room left'), better: 'no space left on device'},
	{phrase: words('stranger|strangers'), better: "someone else's, not created by vira-setup"},
	{phrase: words('ends? again and again'), better: 'keeps crashing'},
	{phrase: words('runs already'), better: 'is already running'},
	{phrase: words('last words'), better: 'last log lines'},
	{phrase: words('does away with'), better: 'removes'},
	{phrase: words('worth knowing|things? (?:is|are) wrong'), better: 'problem, warning, note'},
	{phrase: /(?<![/\w])rehears\w*(?!\w*[/-])/iu, better: 'simulated machine, simulation'},
	{
		phrase: words('a right is missing|has to do a part'),
		better: 'insufficient privileges, administrator rights',
	},
	{phrase: words('ended before it was done'), better: 'was interrupted'},
	{phrase: words('(?<!/)verbs?(?!/)'), better: 'command'},
	{phrase: words('no matter of course|by itself it'), better: 'say it plainly'},
	{phrase: words('a mistake (?:in|of) vira-setup'), better: 'bug'},
	{phrase: words('left behind|what (?:is left|stays)'), better: 'leftover, what remains'},
	{phrase: words('kept copies'), better: 'backups, history'},
	{phrase: words('does as well|as well is'), better: 'also'},
	{phrase: words('from now on|from then on'), better: 'new, later'},
	{phrase: words('runs? and answers?'), better: 'is running and healthy'},
	{phrase: words('cannot be told|not be told'), better: 'unknown'},
	{phrase: words('in the way'), better: 'already exists and is not a'},
	{phrase: words('at the screen'), better: 'desktop session, logged in at its screen'},
	{phrase: words('gone astray|goes? astray'), better: 'say what happened'},
	{phrase: words('take(?:s)? care of'), better: 'fix, manage'},
	{phrase: words('looks? after|looked after'), better: 'manage'},
	{phrase: words('unwell|is well|are well'), better: 'healthy, unhealthy'},
	{phrase: words('set Vira up as somebody'), better: 'use an account'},
	{phrase: words('for good'), better: 'permanently'},
	{phrase: words('begun'), better: 'started'},
	{phrase: words('in sight|in silence'), better: 'say it plainly'},
	{phrase: words('did not end in time|answers? in time'), better: 'timed out'},
	{phrase: words('afresh'), better: 'again, start over'},
	{phrase: words('is at work'), better: 'is running'},
	{phrase: words('do(?:es)? well|fares?'), better: 'is healthy'},
	{
		phrase: words('takes? (?:it|them|the service|the place) over|decides? over'),
		better: 'manage, replace, control',
	},
	{phrase: words('as far as it is'), better: 'if it is'},
	{phrase: words('the reason is gone'), better: 'does not exist, was fixed'},
	{
		phrase: words('have it (?:done|given)|have this one made'),
		better: 'imperative: create it, take ownership of it',
	},
	{phrase: words('leads? nowhere'), better: 'does not exist'},
	{phrase: words('puts? off|put off'), better: 'postpone'},
	{phrase: words('nothing had to change'), better: 'already up to date'},
	{phrase: words('of its own accord|goes without saying'), better: 'automatically'},
];

/** These must not stand anywhere, in names and comments either. */
export const unwantedAnywhere: readonly Unwanted[] = [
	// A part of a name in camel case too, such as mendIt or tellMend, but not of another word, such as recommend.
	{phrase: /(?<![A-Za-z])[mM]end(?:s|ed|ing)?(?![a-z])|[a-z]Mend(?:s|ed|ing)?(?![a-z])/u, better: 'fix'},
	{
		phrase: /(?<![A-Za-z])[aA]new(?![a-z])|[a-z]Anew(?![a-z])/u,
		better: 'again, or a verb with re-: restart, rebuild, rewrite',
	},
];
