import {readdirSync, readFileSync} from 'node:fs';
import {posix} from 'node:path';
import ts from 'typescript';

// Each exported name of src is defined in one file, and each is imported somewhere.

const filesIn = (folder: string): readonly string[] =>
	readdirSync(folder, {withFileTypes: true, recursive: true})
		.filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
		.map((entry) => posix.join(entry.parentPath, entry.name))
		.toSorted();

const parse = (file: string): ts.SourceFile =>
	ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

/** The names that a statement exports. */
const exportedBy = (statement: ts.Statement): readonly string[] => {
	const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
	if (modifiers.every(({kind}) => kind !== ts.SyntaxKind.ExportKeyword)) return [];
	if (ts.isVariableStatement(statement))
		return statement.declarationList.declarations.map(({name}) => name.getText());
	const {name} = statement as ts.Statement & {readonly name?: ts.Identifier};
	return name ? [name.text] : [];
};

/** What a file imports or passes on, as `path#name`; `path#*` for everything, as a dynamic import does. */
const importedBy = (file: string): readonly string[] => {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const isStatic = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
		const from = isStatic
			? node.moduleSpecifier
			: ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
				? node.arguments[0]
				: undefined;
		if (from && ts.isStringLiteral(from) && from.text.startsWith('.')) {
			const path = posix.join(posix.dirname(file), from.text);
			const names = ts.isImportDeclaration(node)
				? node.importClause?.namedBindings
				: ts.isExportDeclaration(node)
					? node.exportClause
					: undefined;
			const elements =
				names && (ts.isNamedImports(names) || ts.isNamedExports(names)) ? names.elements : undefined;
			if (elements)
				for (const {propertyName, name} of elements) found.push(`${path}#${(propertyName ?? name).text}`);
			else found.push(`${path}#*`);
		}
		// A module augmentation extends what the file exports.
		if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body))
			for (const {name} of node.body.statements.filter(ts.isInterfaceDeclaration))
				found.push(`${posix.join(posix.dirname(file), node.name.text)}#${name.text}`);
		ts.forEachChild(node, visit);
	};
	visit(parse(file));
	return found;
};

const source = filesIn('src');
const used = new Set([...source, ...filesIn('__tests__'), ...filesIn('scripts')].flatMap(importedBy));
const exported = source.flatMap((file) =>
	parse(file)
		.statements.flatMap(exportedBy)
		.map((name) => ({name, file})),
);
const places = new Map<string, readonly string[]>();
for (const {name, file} of exported) places.set(name, [...(places.get(name) ?? []), file]);
const problems = [
	...[...places]
		.filter(([, all]) => all.length > 1)
		.map(([name, all]) => `exported by several files: ${name}: ${all.join(' ')}`),
	...exported
		.filter(({name, file}) => !used.has(`${file}#${name}`) && !used.has(`${file}#*`))
		.map(({name, file}) => `exported and never imported: ${name}: ${file}`),
];
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
