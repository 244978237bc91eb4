import {readdirSync, readFileSync} from 'node:fs';
import {posix} from 'node:path';
import ts from 'typescript';

// Each name that src exports is defined in one file, so that a search for it leads there.
// A name that is not exported may be used again, but not for what another file exports.

const filesIn = (folder: string): readonly string[] =>
	readdirSync(folder, {withFileTypes: true, recursive: true})
		.filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
		.map((entry) => posix.join(entry.parentPath, entry.name))
		.toSorted();

const parse = (file: string): ts.SourceFile =>
	ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

const isExported = (statement: ts.Statement): boolean =>
	(ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []).some(
		({kind}) => kind === ts.SyntaxKind.ExportKeyword,
	);

/** The names that a statement of a file defines. */
const definedBy = (statement: ts.Statement): readonly string[] => {
	if (ts.isVariableStatement(statement))
		return statement.declarationList.declarations.map(({name}) => name.getText());
	const {name} = statement as ts.Statement & {readonly name?: ts.Identifier};
	return name ? [name.text] : [];
};

const places = new Map<string, Set<string>>();
const exported = new Set<string>();
for (const file of filesIn('src'))
	for (const statement of parse(file).statements)
		for (const name of definedBy(statement)) {
			places.set(name, (places.get(name) ?? new Set()).add(file));
			if (isExported(statement)) exported.add(name);
		}
const problems = [...places]
	.filter(([name, files]) => exported.has(name) && files.size > 1)
	.map(([name, files]) => `exported, and defined by several files: ${name}: ${[...files].join(' ')}`);
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
