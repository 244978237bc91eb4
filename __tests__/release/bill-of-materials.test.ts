import {expect, test} from '@jest/globals';
import {billOfMaterials} from '../../scripts/release/bill-of-materials.ts';

test('each material has its version, licence and hash, and the program depends on it', () => {
	const bill = billOfMaterials({name: 'p', version: '1.0.0', license: 'MIT'}, [
		{name: '@a/b', version: '2.0.0', license: 'MIT OR ISC', integrity: 'sha512-AP8='},
		{name: 'c', version: '3.0.0', license: 'ISC'},
		{name: 'c', version: '3.0.0', license: 'ISC'},
	]);
	expect(bill).toMatchObject({
		bomFormat: 'CycloneDX',
		metadata: {component: {name: 'p', version: '1.0.0', licenses: [{license: {id: 'MIT'}}]}},
		components: [
			{
				purl: 'pkg:npm/%40a/b@2.0.0',
				licenses: [{expression: 'MIT OR ISC'}],
				hashes: [{alg: 'SHA-512', content: '00ff'}],
			},
			{purl: 'pkg:npm/c@3.0.0', version: '3.0.0', licenses: [{license: {id: 'ISC'}}]},
		],
		dependencies: [{ref: 'pkg:npm/p@1.0.0', dependsOn: ['pkg:npm/%40a/b@2.0.0', 'pkg:npm/c@3.0.0']}],
	});
});
