import ts from 'typescript';

/** The tests of a file, as far as they can be read without running them. */
export interface Tests {
	/** Their own titles, without those of the blocks around them; those of a table have its placeholders. */
	readonly names: readonly string[];
	/** Every text, number and property name in the file: possible values of a placeholder. */
	readonly literals: ReadonlySet<string>;
}

/** `there` is a test on some platforms; testScenario, testWith and testWhere make tests of their own (every-profile.ts, where-installed.ts). */
const isTest = (called: ts.Expression): boolean =>
	/^(?:(?:test|it|there|testScenario)(?:\.each\b.*)?|test(?:With|Where)\(.*\))$/su.test(called.getText());

/** Represents the value that a loop inserts. */
const hole = '%s';

const nameFrom = (argument: ts.Expression | undefined): string | undefined => {
	if (argument && ts.isStringLiteralLike(argument)) return argument.text;
	if (!argument || !ts.isTemplateExpression(argument)) return undefined;
	return [argument.head.text, ...argument.templateSpans.map(({literal}) => literal.text)].join(hole);
};

const literalsIn = (node: ts.Node): readonly string[] => {
	if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
	return ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) ? [node.name.text] : [];
};

const nodesOf = (node: ts.Node): readonly ts.Node[] => [node, ...node.getChildren().flatMap(nodesOf)];

/** Reads the text of a file of tests. */
export const testsIn = (text: string): Tests => {
	const nodes = nodesOf(ts.createSourceFile('tests.ts', text, ts.ScriptTarget.Latest, true));
	const names = nodes
		.filter((node) => ts.isCallExpression(node))
		.filter(({expression}) => isTest(expression))
		.map((call) => nameFrom(call.arguments[0]))
		.filter((name) => name !== undefined);
	return {names, literals: new Set(nodes.flatMap(literalsIn))};
};

/** What jest replaces with the values of a table (test.each). */
const placeholder = /%(?:\.\d+)?[sijd]|\$\w+/gu;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** The values that turn one title into the other; undefined: none do. */
const valuesIn = (name: string, wanted: string): readonly string[] | undefined => {
	const pattern = name.split(placeholder).map(escaped).join('(.+)');
	return new RegExp(`^${pattern}$`, 'su').exec(wanted)?.slice(1);
};

/** Whether a test has this title: with its placeholders, or with something of the file in place of each. */
export const hasTest = ({names, literals}: Tests, wanted: string): boolean =>
	names.some(
		(name) => name === wanted || (valuesIn(name, wanted)?.every((value) => literals.has(value)) ?? false),
	);
