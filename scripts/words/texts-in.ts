import ts from 'typescript';

/** A text that people may read, and the line that it begins on. */
export interface Text {
	readonly text: string;
	readonly line: number;
}

const lineOf = (file: ts.SourceFile, position: number): number =>
	file.getLineAndCharacterOfPosition(position).line + 1;

/** The texts of a source file: strings, parts of templates and JSX text; `imports` and types are none. */
export const stringsIn = (path: string, source: string): readonly Text[] => {
	const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
	const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind);
	const found: Text[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
		const isText =
			ts.isStringLiteralLike(node) ||
			ts.isJsxText(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddleOrTemplateTail(node);
		// The text of JSX begins with its white space, which is trivia before other nodes.
		const start = ts.isJsxText(node) ? node.pos : node.getStart(file);
		if (isText) found.push({text: node.text, line: lineOf(file, start)});
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
};

export const linesIn = (page: string): readonly Text[] =>
	page.split('\n').map((text, index) => ({text, line: index + 1}));

/** The lines of a page without the code in them, which has names rather than sentences. */
export const sentencesIn = (page: string): readonly Text[] =>
	linesIn(page).map(({text, line}) => ({text: text.replaceAll(/`[^`]*`/gu, '`…`'), line}));
