/** A file of the release as others find it. */
export interface Download {
	readonly url: string;
	/** SHA-256, in hexadecimal. */
	readonly sha256: string;
}

/** What the changelog says about a version, without its heading; undefined without such a section, or an empty one. */
export const sectionOf = (changelog: string, version: string): string | undefined => {
	const sections = changelog.split(/^## /mu).slice(1);
	const found = sections.find((section) => section.startsWith(`[${version}]`));
	const text = found
		?.replace(/^.*\n/u, '')
		.replaceAll(/^\[[^\]]+\]: .*$/gmu, '')
		.trim();
	return text === '' ? undefined : text;
};

/** nix/release.json: where the flake finds the package, with its hash as Nix writes it. */
export const nixRelease = (version: string, {url, sha256}: Download): string => {
	const hash = `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`;
	return `${JSON.stringify({version, url, hash}, undefined, '\t')}\n`;
};

/** The formula for a Homebrew tap (https://docs.brew.sh/Formula-Cookbook): the package, with the Node of Homebrew. */
export const homebrewFormula = (about: string, homepage: string, {url, sha256}: Download): string =>
	`class ViraSetup < Formula
  include Language::Node::Shebang

  desc "${about}"
  homepage "${homepage}"
  url "${url}"
  sha256 "${sha256}"
  license "MIT"

  depends_on "node"

  def install
    libexec.install Dir["*"]
    chmod 0755, libexec/"dist/entry.cjs"
    rewrite_shebang detected_node_shebang, libexec/"dist/entry.cjs"
    bin.install_symlink libexec/"dist/entry.cjs" => "vira-setup"
    man1.install_symlink libexec/"man/vira-setup.1"
    generate_completions_from_executable(bin/"vira-setup", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/vira-setup --version")
  end
end
`;

/** What a release depends on. */
export interface Circumstances {
	readonly version: string;
	readonly changelog: string;
	readonly readme: string;
	/** OWNER/NAME on GitHub. */
	readonly repository?: string | undefined;
	/** The tag that the workflow runs for. */
	readonly tag?: string | undefined;
}

/** Why this cannot be released, a sentence each. */
export const obstacles = ({
	version,
	changelog,
	readme,
	repository,
	tag,
}: Circumstances): readonly string[] => [
	...(tag === undefined ? ['Only the release workflow publishes, on a tag. Use --dry-run.'] : []),
	...(tag === undefined || tag === `v${version}`
		? []
		: [`The tag is ${tag}, but package.json has ${version}.`]),
	...(/^\d+\.\d+\.\d+$/u.test(version)
		? []
		: [`${version} is not MAJOR.MINOR.PATCH, and npm and GitHub would offer it as the newest.`]),
	...(sectionOf(changelog, version) === undefined ? [`CHANGELOG.md has no section [${version}].`] : []),
	...(repository === undefined
		? ['package.json has no repository: npm pkg set repository=github:OWNER/NAME && npm run docs']
		: []),
	...(readme.includes('is published yet') ? ['README.md still says that nothing is published yet.'] : []),
];
