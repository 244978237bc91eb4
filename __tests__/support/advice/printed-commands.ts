import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';
import {fixText} from '../../../src/notice.ts';

/** A command that the source prints for a person to type, as a pattern of the line. */
export interface PrintedCommand {
	/** The file below src. */
	readonly file: string;
	/** The line as the source has it; `…` stands for what is put in. */
	readonly line: string;
	readonly pattern: RegExp;
}

/** How the first words of a fix look: a sentence can also begin with the name of a program. */
const commands = [
	String.raw`(?:XDG_STATE_HOME=\S+ )?vira-setup(?=$|   |[,;…] ?| …| --| (?:doctor|status|start|stop|restart|logs|rollback|uninstall|export)(?:$|[ ,;.]))`,
	'systemctl (?:--user )?(?:unmask|restart|start|stop|status|edit|enable|daemon-reload)',
	'loginctl (?:enable|disable)-linger',
	'launchctl (?:print|bootout|enable|kickstart)',
	'journalctl …',
	'nix-store --add-root',
	"(?:rm|mv|cp|cat|chmod|chown|mkdir|install|kill|ln|plutil|xattr|touch|usermod|sysctl|fdesetup|pmset|chage) [-…~/'A-Za-z\\d]",
	'date(?=$|   )',
].join('|');

/** A line that is a command, or ends in one that a sentence leads to, also in parentheses. */
export const commandStart = new RegExp(`(?:^|: |, then |; |\\()((?:sudo )?(?:${commands}).*)`, 'u');

const gap = '…';

const templateText = (node: ts.TemplateExpression): string =>
	node.head.text + node.templateSpans.map(({literal}) => gap + literal.text).join('');

const wordText = (node: ts.Expression): string => (ts.isStringLiteral(node) ? node.text : gap);

/** `commandText(['rm', path])`, or a list of words that is given a name first. */
const wordsText = (node: ts.ArrayLiteralExpression): string => node.elements.map(wordText).join(' ');

/** Words, and not a list of lines. */
const isCommand = ({elements}: ts.ArrayLiteralExpression): boolean =>
	elements.length > 1 && elements.every((one) => !wordText(one).includes(' '));

const isWithin = (node: ts.Node, is: (above: ts.Node) => boolean): boolean => {
	for (let above = node.parent; above as ts.Node | undefined; above = above.parent)
		if (is(above)) return true;
	return false;
};

const propertyOf = (node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined =>
	node.properties
		.filter(ts.isPropertyAssignment)
		.find((one) => ts.isIdentifier(one.name) && one.name.text === name)?.initializer;

/** The words of `commandText([...])`, and text; a gap for what is put in. */
const shownText = (node: ts.Expression): string => {
	const [words] = ts.isCallExpression(node) ? node.arguments : [];
	return textOf(words ?? node) ?? gap;
};

/** A fix, as it is printed. */
const fixLine = (node: ts.ObjectLiteralExpression): string | undefined => {
	const say = propertyOf(node, 'say');
	const command = propertyOf(node, 'command');
	return say && command && fixText({say: shownText(say), command: shownText(command)});
};

const textOf = (node: ts.Node): string | undefined => {
	if (ts.isObjectLiteralExpression(node)) return fixLine(node);
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (ts.isTemplateExpression(node)) return templateText(node);
	if (ts.isArrayLiteralExpression(node) && isCommand(node)) return wordsText(node);
	return undefined;
};

const patternOf = (line: string): RegExp =>
	new RegExp(`^${line.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll(gap, '.*')}$`, 'u');

const commandsIn = (file: string, text: string): readonly PrintedCommand[] => {
	const found: PrintedCommand[] = [];
	const visit = (node: ts.Node): void => {
		const line = textOf(node);
		const isPart =
			ts.isStringLiteral(node) && isWithin(node, ts.isArrayLiteralExpression) && !node.text.includes(' ');
		if (line !== undefined && !isPart && commandStart.test(line))
			found.push({file, line, pattern: patternOf(line)});
		if (!ts.isObjectLiteralExpression(node) || line === undefined) ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
	return found;
};

/** Parts of the source that print no command to fix a problem. */
const others =
	/^(?:(?:simulator|ui\/ink)\/|command-line\/(?:commands|run-flags|help|request)\.ts$|main\.ts$)/u;

/** Every command that the source prints for a user to type. */
export const printedCommands = (): readonly PrintedCommand[] => {
	const root = join(import.meta.dirname, '../../../src');
	return readdirSync(root, {recursive: true, encoding: 'utf8'})
		.filter((file) => /\.tsx?$/u.test(file) && !others.test(file))
		.toSorted()
		.flatMap((file) => commandsIn(file, readFileSync(join(root, file), 'utf8')));
};
