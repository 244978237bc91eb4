import {readdirSync, readFileSync} from 'node:fs';
import {posix} from 'node:path';
import ts from 'typescript';

// Each name that src exports is defined in one file, so that a search for it leads there.

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

const places = new Map<string, readonly string[]>();
for (const file of filesIn('src'))
	for (const name of parse(file).statements.flatMap(exportedBy))
		places.set(name, [...(places.get(name) ?? []), file]);
const problems = [...places]
	.filter(([, files]) => files.length > 1)
	.map(([name, files]) => `exported by several files: ${name}: ${files.join(' ')}`);
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
