import type {Fix} from '../../src/notice.ts';

/** What `say` is if nothing describes the command. */
const bare = 'Run this command.';

/** Programs of which a fix can consist. A sentence can begin with the name of one too, so arguments are checked. */
const anyArguments =
	'fdesetup|git|journalctl|launchctl|loginctl|nix(?:-store)?|nixos-rebuild|plutil|pmset|sysctl|systemctl|usermod|chage|xattr';
const pathsOrFlags = 'cat|chmod|chown|cp|date|install|kill|ln|mkdir|mv|rm|rmdir|sudo|tail|touch';
const ownCommands = 'doctor|export|install|logs|restart|rollback|start|status|stop|uninstall';

const variables = String.raw`(?:[A-Z_]+=\S* )*`;
const programs = [
	// A placeholder, such as OLD_VIRA.
	String.raw`[A-Z][A-Z_]+ --\w\S*`,
	'log show ',
	String.raw`(?:${anyArguments}) [^.!?]\S*`,
	String.raw`(?:${pathsOrFlags})(?: .*)? ['"$~/\d.-]\S*`,
	String.raw`vira-setup(?: (?:${ownCommands})(?! \w)| --?\w\S*)?(?=$| [-'"$~/>A-Z\d])`,
].join('|');
const oneCommand = new RegExp(String.raw`^${variables}(?:sudo )?(?:${programs}|date$)`, 'u');

const endsSentence = /[.!?]$/u;

/** Whether a text is a command and nothing else. No command of ours ends in a full stop; a sentence does. */
const isCommand = (text: string): boolean => oneCommand.test(text) && !endsSentence.test(text);

/** One command, or several that are to be run one after the other; undefined for a sentence. */
const commandIn = (text: string): string | undefined => {
	const steps = text.replace(/(?<=^\S*vira-setup(?: \w+)?)\.$/u, '').split(' && ');
	return steps.every(isCommand) ? steps.join(' && ') : undefined;
};

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sentence = (text: string): string =>
	endsSentence.test(text) ? capitalized(text) : `${capitalized(text)}.`;

/** What stands before the colon that leads to a command, as a sentence. */
const leadIn = (text: string): string => {
	if (/\brun$/u.test(text)) return `${text} this command.`;
	return /\b(?:then|or|and)$/iu.test(text) ? `${text} run this command.` : sentence(text);
};

/** `Remove the link: rm /path`, taken apart at the first colon that a command follows. */
const afterColon = (text: string): {readonly lead: string; readonly command: string} | undefined => {
	for (const {index} of text.matchAll(/: /gu)) {
		const command = commandIn(text.slice(index + 2));
		if (command !== undefined) return {lead: text.slice(0, index), command};
	}
	return undefined;
};

/**
 * A fix as a document has it, from the line that is printed for it: a sentence, a command, `command   what it does`, or a
 * sentence that leads to a command.
 */
export const fixOf = (line: string): Fix => {
	const [head = '', ...rest] = line.split(/ {3,}/u);
	const does = rest.join(' ');
	const command = commandIn(head);
	if (command !== undefined) return {say: does === '' ? bare : sentence(does), command};
	const led = afterColon(head);
	if (led)
		return {say: does === '' ? leadIn(led.lead) : sentence(`${led.lead}: ${does}`), command: led.command};
	return does === '' ? {say: line} : {say: sentence(does), command: head};
};
