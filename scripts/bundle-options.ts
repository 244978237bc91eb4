import {readdir, readFile} from 'node:fs/promises';
import {createRequire, isBuiltin} from 'node:module';
import {dirname, join} from 'node:path';
import type {BuildOptions, Plugin} from 'esbuild';

/** Ink connects to React's developer tools when DEV=true; that is nothing a wizard needs. */
const withoutDevtools: Plugin = {
	name: 'without-devtools',
	setup: ({onResolve, onLoad}) => {
		onResolve({filter: /^\.\/devtools\.js$/}, () => ({path: 'devtools', namespace: 'empty'}));
		onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
	},
};

/**
 * What lays out the screen is compiled WebAssembly, which its package holds as text: as a file of its own it is a quarter
 * smaller. In a bundle without other files it is bytes. Either way, nothing of the network is loaded to read it.
 */
const yogaAs = (loader: 'file' | 'binary'): Plugin => ({
	name: 'yoga-as-bytes',
	setup: ({onLoad, onResolve}) => {
		const inText = /(H=)"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/u;
		const texts = /yoga-wasm-base64-esm\.js$/;
		const bytes = loader === 'file' ? 'readFileSync(new URL(file, import.meta.url))' : 'file';
		onResolve({filter: /^yoga\.wasm$/}, ({importer}) => ({
			path: 'yoga.wasm',
			namespace: 'bytes',
			pluginData: importer,
		}));
		onLoad({filter: /.*/, namespace: 'bytes'}, async ({pluginData}) => {
			const text = await readFile(String(pluginData), 'utf8');
			return {contents: Buffer.from(inText.exec(text)?.[2] ?? '', 'base64'), loader};
		});
		onLoad({filter: texts}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			if (!inText.test(text)) throw new Error(`There is no WebAssembly in ${path} any more.`);
			const given = text
				.replace(inText, '$1"yoga.wasm"')
				.replace('loadYoga = loadYoga || {};', `loadYoga = {wasmBinary: ${bytes}};`);
			return {
				contents: `import {readFileSync} from 'node:fs';\nimport file from 'yoga.wasm';\n${given}`,
			};
		});
	},
});

/** Property lists are XML: they do not need the two thousand character names of HTML. */
const withoutHtmlNames: Plugin = {
	name: 'without-html-names',
	setup: ({onLoad}) => {
		onLoad({filter: /@xmldom\/xmldom\/lib\/entities\.js$/}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			const contents = text.replace(
				/(exports\.HTML_ENTITIES = )freeze\([^]*?\);/u,
				'$1exports.XML_ENTITIES;',
			);
			if (contents === text) throw new Error(`There are no names of HTML in ${path} any more.`);
			return {contents};
		});
	},
};

/** The width of an ASCII text needs neither of these, which take longer to create than the rest of its package to load. */
const createdLater = {
	segmenter: ['segment', 'new Intl.Segmenter()'],
	rgiEmojiRegex: ['test', '/^\\p{RGI_Emoji}$/v'],
} as const;

const widthsLater: Plugin = {
	name: 'widths-later',
	setup: ({onLoad}) => {
		onLoad({filter: /\/string-width\/index\.js$/}, async ({path}) => {
			let contents = await readFile(path, 'utf8');
			for (const [name, [method, created]] of Object.entries(createdLater)) {
				const before = `const ${name} = ${created};`;
				if (!contents.includes(before)) throw new Error(`There is no ${name} in ${path} any more.`);
				const later = `let ${name}Created; const ${name} = {${method}: text => (${name}Created ??= ${created}).${method}(text)};`;
				contents = contents.replace(before, () => later);
			}
			return {contents};
		});
	},
};

/**
 * Node's own modules as objects: when an ES module imports one, Node reads all that it exports, and loads even what is
 * deprecated or loaded on demand.
 */
const builtinsAsObjects: Plugin = {
	name: 'builtins-as-objects',
	setup: ({onResolve, onLoad}) => {
		onResolve({filter: /^(?:node:)?[a-z_]+(?:\/[a-z]+)?$/}, ({path, kind}) =>
			// A dynamic import keeps every name, also the deprecated ones that newer Nodes warn about: Node can have it.
			isBuiltin(path) && kind !== 'require-call' && kind !== 'dynamic-import'
				? {path, namespace: 'builtin', sideEffects: false}
				: undefined,
		);
		onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => {
			const names = Object.keys(createRequire(import.meta.url)(path) as object).filter(
				(name) => name !== 'default',
			);
			return {
				contents: [
					`const builtin = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(path)});`,
					'const of = name => builtin[name];',
					...names.map(
						(name) => `const _${name} = /* @__PURE__ */ of('${name}'); export {_${name} as ${name}};`,
					),
					'export default builtin;',
				].join('\n'),
			};
		});
	},
};

/** Packages that are called where nothing can be awaited, and that most runs do not need: the first call loads each. */
const onCall: Readonly<Record<string, readonly string[]>> = {plist: ['build', 'parse']};

/** `fileOf`: where the package is loaded from; undefined: it is in the same file, and is run then. */
const loadedOnCall = (fileOf?: (name: string) => string): Plugin => ({
	name: 'loaded-on-call',
	setup: ({onResolve, onLoad, resolve}) => {
		const isOnCall = new RegExp(`^(?:${Object.keys(onCall).join('|')})$`);
		onResolve({filter: isOnCall}, ({path, namespace, kind, resolveDir}) => {
			if (kind === 'require-call' && namespace === 'on-call')
				// It is an ES module, and says nothing about being required.
				return resolve(path, {kind: 'dynamic-import', resolveDir});
			return kind === 'dynamic-import' ? undefined : {path, namespace: 'on-call'};
		});
		onResolve({filter: /\.cjs$/, namespace: 'on-call'}, ({path}) => ({path, external: true}));
		onLoad({filter: /.*/, namespace: 'on-call'}, ({path}) => ({
			contents: (onCall[path] ?? [])
				.map((name) => {
					const from = fileOf?.(path) ?? path;
					return `export const ${name} = (...given) => require('${from}').${name}(...given);`;
				})
				.join('\n'),
			resolveDir: source,
		}));
	},
});

const source = join(import.meta.dirname, '..', 'src');

/** What is loaded by a dynamic import from anywhere below main.ts, absolute. */
const loadedLater = async (): Promise<ReadonlySet<string>> => {
	const files = (await readdir(source, {recursive: true})).filter((name) => /\.tsx?$/u.test(name));
	const above = ['cli.ts', join('command-line', 'quick-answer.ts')];
	const found = await Promise.all(
		files
			.filter((name) => !above.includes(name))
			.map(async (name) => {
				const text = await readFile(join(source, name), 'utf8');
				return [...text.matchAll(/import\('(\.[^']+)'\)/gu)].map(([, path = '']) =>
					join(source, dirname(name), path),
				);
			}),
	);
	return new Set(found.flat());
};

/**
 * The bundler makes a file of all that is needed by the same parts of the program. Every part below main.ts runs when
 * main.ts is there: said so, what those share with it is in one file, and not in twenty, each of which takes time to load.
 */
const withMain: Plugin = {
	name: 'with-main',
	setup: ({onLoad, onStart}) => {
		let parts: ReadonlySet<string> = new Set();
		onStart(async () => {
			parts = await loadedLater();
			if (parts.size === 0) throw new Error('Nothing is loaded later any more.');
		});
		onLoad({filter: /\/src\/.*\.tsx?$/}, async ({path}) => {
			if (!parts.has(path)) return undefined;
			const text = await readFile(path, 'utf8');
			const contents = `${text}\nimport ${JSON.stringify(join(source, 'main.ts'))};\n`;
			return {contents, loader: path.endsWith('x') ? 'tsx' : 'ts'};
		});
	},
};

const shared = {
	bundle: true,
	platform: 'node',
	target: 'node20.17',
	metafile: true,
	define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
} as const satisfies BuildOptions;

const everywhere = [builtinsAsObjects, withoutDevtools, widthsLater];

/** What CommonJS packages find in their scope, for those that end up in an ESM bundle. */
const packageScope = {
	js: "const require = /* @__PURE__ */ process.getBuiltinModule('node:module').createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
};

/** How the program is bundled: one file for each part that is loaded separately. */
export const moduleBundle = {
	...shared,
	splitting: true,
	format: 'esm',
	chunkNames: '[name]-[hash]',
	plugins: [...everywhere, yogaAs('file'), loadedOnCall((name) => `./${name}.cjs`), withMain],
	assetNames: '[name]-[hash]',
	banner: packageScope,
} as const satisfies BuildOptions;

/** The same program in one file, for an executable: what is loaded later is in it, and is run then. */
export const oneFileBundle = {
	...shared,
	format: 'esm',
	minify: true,
	plugins: [...everywhere, yogaAs('binary'), loadedOnCall(), withoutHtmlNames],
	banner: packageScope,
} as const satisfies BuildOptions;

/** How the packages are bundled that the first call loads. */
export const onCallBundle = {
	...shared,
	entryPoints: Object.keys(onCall),
	format: 'cjs',
	outExtension: {'.js': '.cjs'},
	plugins: [withoutHtmlNames],
} as const satisfies BuildOptions;
