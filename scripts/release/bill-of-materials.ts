import type {BundledPackage} from '../bundled-packages.ts';

/** A package with the hash that npm has of it, such as `sha512-…` in base 64. */
export interface Material extends BundledPackage {
	readonly integrity?: string;
	/** A sentence on where it is, if it is not everywhere. */
	readonly note?: string;
}

type Json = Readonly<Record<string, unknown>>;

/** A package URL (https://github.com/package-url/purl-spec): the @ of a scope is escaped. */
const purl = ({name, version}: BundledPackage): string => `pkg:npm/${name.replace(/^@/u, '%40')}@${version}`;

const licencesOf = ({license}: BundledPackage): Json =>
	license === undefined
		? {}
		: {licenses: [license.includes(' ') ? {expression: license} : {license: {id: license}}]};

const hashesOf = ({integrity}: Material): Json =>
	integrity?.startsWith('sha512-') === true
		? {
				hashes: [
					{alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex')},
				],
			}
		: {};

const component = (type: 'library' | 'application', material: Material): Json => ({
	type,
	'bom-ref': purl(material),
	name: material.name,
	version: material.version,
	...(material.note === undefined ? {} : {description: material.note}),
	...hashesOf(material),
	...licencesOf(material),
	purl: purl(material),
});

/**
 * The bill of materials of a release (CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/): the program, and what is
 * bundled into it. It has no date and no serial number, so that the same release has the same one.
 */
export const billOfMaterials = (program: BundledPackage, materials: readonly Material[]): Json => {
	// npm installs a package twice where two others need it, but it is one component.
	const once = [...new Map(materials.map((material) => [purl(material), material])).values()];
	return {
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: {component: component('application', program)},
		components: once.map((material) => component('library', material)),
		dependencies: [{ref: purl(program), dependsOn: once.map(purl)}],
	};
};
