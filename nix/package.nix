# The program as it is published: a bundle without dependencies. It is taken from ./dist, where `npm ci` has built it, and
# otherwise from the release that release.json names.
{
  lib,
  stdenvNoCC,
  fetchurl,
  installShellFiles,
  nodejs-slim,
}:
let
  manifest = lib.importJSON ../package.json;
  release = lib.importJSON ./release.json;
  isBuilt = builtins.pathExists ../dist/entry.cjs;

  # A flake of a Git repository has only what is tracked, and ./dist is not.
  unreleased = throw ''
    No release of vira-setup has been published yet. In a checkout:
      npm ci && nix run path:.
  '';
in
stdenvNoCC.mkDerivation {
  pname = "vira-setup";
  version = if isBuilt || release.version == null then manifest.version else release.version;

  src =
    if isBuilt then
      builtins.path {
        name = "vira-setup";
        path = ../.;
        filter =
          path: _:
          builtins.any (kept: path == toString kept || lib.hasPrefix "${toString kept}/" path) [
            ../dist
            ../man
            ../assets
            ../package.json
            ../LICENSE
          ];
      }
    else if release.url == null then
      unreleased
    else
      fetchurl { inherit (release) url hash; };

  nativeBuildInputs = [ installShellFiles ];
  dontConfigure = true;
  dontBuild = true;

  installPhase = ''
    runHook preInstall

    mkdir -p $out/bin $out/lib/vira-setup $out/share/vira-setup
    cp -r dist package.json $out/lib/vira-setup
    cp assets/*.schema.json $out/share/vira-setup
    ln -s $out/share/vira-setup $out/lib/vira-setup/assets

    substituteInPlace $out/lib/vira-setup/dist/entry.cjs \
      --replace-fail '#!/usr/bin/env node' '#!${nodejs-slim}/bin/node'
    chmod +x $out/lib/vira-setup/dist/entry.cjs
    ln -s $out/lib/vira-setup/dist/entry.cjs $out/bin/vira-setup

    installManPage man/vira-setup.1
  ''
  + lib.optionalString (stdenvNoCC.buildPlatform.canExecute stdenvNoCC.hostPlatform) ''
    for shell in bash fish zsh; do
      $out/bin/vira-setup completion $shell > vira-setup.$shell
    done
    installShellCompletion vira-setup.{bash,fish,zsh}
  ''
  + ''

    runHook postInstall
  '';

  meta = {
    inherit (manifest) description;
    license = lib.licenses.mit;
    mainProgram = "vira-setup";
    platforms = lib.platforms.linux ++ lib.platforms.darwin;
  };
}
