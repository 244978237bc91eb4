import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ignores: ['dist/', 'build/', 'node_modules/']},
	{
		files: ['**/*.{ts,tsx}'],
		extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
		languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
		linterOptions: {reportUnusedDisableDirectives: 'error'},
		rules: {
			'@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
			'@typescript-eslint/consistent-type-imports': 'error',
			// A port's method is async by its type, whether or not this one waits.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/unbound-method': 'off',
			// noPropertyAccessFromIndexSignature asks for the brackets this rule would remove.
			'@typescript-eslint/dot-notation': 'off',
			'@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
			// A missing exhaustive case is an error of the compiler; the value after it is of type never.
			'@typescript-eslint/prefer-nullish-coalescing': ['error', {ignorePrimitives: {string: true}}],
			'max-lines-per-function': ['error', {max: 80, skipBlankLines: true, skipComments: true}],
			'max-params': ['error', 3],
			'no-console': 'error',
			eqeqeq: 'error',
		},
	},
	{
		files: ['src/**/*.{ts,tsx}'],
		rules: {
			'max-lines': ['error', {max: 200, skipBlankLines: true, skipComments: true}],
			'max-lines-per-function': ['error', {max: 40, skipBlankLines: true, skipComments: true}],
			// The machine is asked once, in platform; below it facts are passed (design: facts, not globals).
			'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch', 'console'],
		},
	},
	{
		files: ['src/simulator/macos/**/*.ts'],
		ignores: ['**/macos/mac.ts', '**/macos/fresh-mac.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: ':matches(MemberExpression[property.name="profile"], Property[key.name="profile"])',
					message: 'Look at a switch through switchOf, which notes that it was looked at.',
				},
			],
		},
	},
	{files: ['src/settings/options.ts'], rules: {'max-lines': ['error', 400]}},
	{
		files: ['src/**/*.tsx'],
		plugins: {'react-hooks': reactHooks},
		rules: {
			'max-lines-per-function': ['error', {max: 80, skipBlankLines: true, skipComments: true}],
			'react-hooks/rules-of-hooks': 'error',
			'react-hooks/exhaustive-deps': 'error',
		},
	},
	{
		files: ['src/{entry,cli}.ts', 'src/platform/real/**', 'src/ui/ink/terminal/**'],
		rules: {'no-restricted-globals': 'off'},
	},
	{
		files: ['__tests__/**', 'scripts/**'],
		rules: {'max-lines-per-function': 'off', 'no-console': 'off', 'max-params': 'off'},
	},
);
