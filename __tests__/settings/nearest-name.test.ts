import {expect, test} from '@jest/globals';
import {nearestName} from '../../src/settings/problem.ts';

const known = ['CPUQuota', 'MemoryHigh', 'MemoryMax', 'MemoryMin', 'Nice', 'TasksMax', 'Type', 'UMask'];

test.each([
	['MemoryMx', 'MemoryMax'],
	['memorymax', 'MemoryMax'],
	['MemoriMaxx', 'MemoryMax'],
	['CpuQouta', 'CPUQuota'],
	['UMsk', 'UMask'],
	['Tipi', undefined],
	['Tpye', 'Type'],
	['tas', 'TasksMax'],
	['Mem', undefined],
	['RestartSec', undefined],
	['', undefined],
])('%j: %j', (typed, nearest) => {
	expect(nearestName(typed, known)).toBe(nearest);
});

test('without any known names there is no suggestion', () => {
	expect(nearestName('MemoryMax', [])).toBeUndefined();
});
