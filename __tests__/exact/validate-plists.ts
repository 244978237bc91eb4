import {readFile} from 'node:fs/promises';
import type {Machine} from '../../scripts/machine/machine.ts';

const folder = '/home/alice/lists';

/** Leads from the name of the grammar that every property list begins with to ours: nothing is fetched. */
const catalog = `<?xml version="1.0"?>
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog" prefer="public">
	<public publicId="-//Apple//DTD PLIST 1.0//EN" uri="file://${folder}/property-list.dtd"/>
</catalog>
`;

/** Files from a JSON list of texts, named by their place in it. */
const write = `
	const {readFileSync, writeFileSync} = require('node:fs');
	for (const [index, text] of JSON.parse(readFileSync(0, 'utf8')).entries())
		writeFileSync('${folder}/' + index + '.plist', text);`;

const asAlice = {as: 'alice', timeoutMs: 300_000} as const;

/** Once for each machine, which needs the package libxml2-utils. */
export const prepareGrammar = async (machine: Machine): Promise<void> => {
	const grammar = await readFile(new URL('property-list.dtd', import.meta.url), 'utf8');
	await machine.writeFile(`${folder}/property-list.dtd`, grammar, {owner: 'alice'});
	await machine.writeFile(`${folder}/catalog.xml`, catalog, {owner: 'alice'});
};

/** The errors that xmllint, which is independent of our writer, reports for the property lists. */
export const validatePlists = async (machine: Machine, texts: readonly string[]): Promise<string> => {
	const written = await machine.run(['node', '-e', write], {...asAlice, input: JSON.stringify(texts)});
	if (written.exitCode !== 0) throw new Error(written.stderr);
	const paths = texts.map((_, index) => `${folder}/${index}.plist`);
	const {exitCode, stderr} = await machine.run(['xmllint', '--noout', '--nonet', '--valid', ...paths], {
		...asAlice,
		env: {XML_CATALOG_FILES: `${folder}/catalog.xml`},
	});
	return exitCode === 0 ? stderr : `xmllint ended with status ${exitCode}\n${stderr}`;
};
