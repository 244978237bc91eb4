import ts from 'typescript';
import {readFileSync, writeFileSync} from 'node:fs';
for (const file of process.argv.slice(2)) {
	const text = readFileSync(file, 'utf8');
	const sf = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const cuts: [number, number][] = [];
	const visit = (n: ts.Node): void => {
		if (ts.isObjectLiteralExpression(n) || ts.isObjectBindingPattern(n) || ts.isTypeLiteralNode(n)) {
			const start = n.getStart(sf) + 1;
			const inner = text.slice(start, n.end);
			const m = /^\s*\n\s*/.exec(inner);
			const count = ts.isObjectLiteralExpression(n) ? n.properties.length : ts.isTypeLiteralNode(n) ? n.members.length : n.elements.length;
			const multiFunc = ts.isObjectLiteralExpression(n) && n.properties.some((p) => ts.isMethodDeclaration(p) || (ts.isPropertyAssignment(p) && (ts.isArrowFunction(p.initializer))));
			if (m && count <= 4 && !multiFunc && !/\/\/|\/\*/.test(inner)) cuts.push([start, start + m[0].length]);
		}
		ts.forEachChild(n, visit);
	};
	visit(sf);
	let out = text;
	for (const [a, b] of cuts.sort((x, y) => y[0] - x[0])) out = out.slice(0, a) + out.slice(b);
	if (out !== text) writeFileSync(file, out);
}
