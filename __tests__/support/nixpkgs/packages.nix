# Packages and builders of nixpkgs, so far as the flake of vira-setup uses them.
{ lib, system }:
let
  # A shell whose last command is a program becomes that program, which closes its output before it exits: Nix takes that
  # for the end of the build, and may kill it first (seen with 2.8).
  make =
    name: values: script:
    derivation (
      {
        inherit name system;
        builder = "/bin/bash";
        args = [
          "-euc"
          "PATH=/usr/local/bin:/usr/bin:/bin; ${script}\nexit 0"
        ];
      }
      // values
    );

  mkDerivation =
    {
      pname,
      version,
      src,
      installPhase,
      meta ? { },
      ...
    }:
    make "${pname}-${version}" { inherit src installPhase; } ''
      . ${./setup.sh}
      unpack
      eval "$installPhase"
      compress_manuals
    ''
    // {
      inherit meta version pname;
    };

  platform = {
    inherit system;
    canExecute = other: other.system == system;
  };

  packages = {
    inherit lib;
    stdenv.hostPlatform = platform;
    stdenvNoCC = {
      inherit mkDerivation;
      hostPlatform = platform;
      buildPlatform = platform;
    };
    callPackage =
      file: given:
      let
        function = import file;
        wanted = builtins.functionArgs function;
      in
      function (builtins.intersectAttrs wanted packages // given);
    fetchurl =
      { url, hash }:
      derivation {
        name = baseNameOf url;
        inherit url system;
        builder = "builtin:fetchurl";
        outputHash = hash;
        outputHashMode = "flat";
        outputHashAlgo = null;
      };
    installShellFiles = null;
    nodejs = packages.nodejs-slim;
    nodejs-slim = make "nodejs" { } "mkdir -p $out/bin; ln -s $(command -v node) $out/bin/node";
    python3 = make "python3" { } "mkdir -p $out/bin; touch $out/bin/python3";
    mkShell = { packages }: make "shell" { inherit packages; } "touch $out";
    runCommand =
      name:
      { nativeBuildInputs }:
      script:
      make name { } "PATH=${builtins.head nativeBuildInputs}/bin:$PATH; ${script}";
    writeScriptBin = name: text: make name { inherit text; } "mkdir -p $out/bin; echo \"$text\" >$out/bin/${name}";
    # The machine itself is not made: what it is made of is evaluated.
    testers.runNixOSTest =
      test:
      let
        made = test { pkgs = packages; };
      in
      make "vm-test-${made.name}" {
        inherit (made) testScript;
        nodes = builtins.toJSON (builtins.attrNames made.nodes);
      } "touch $out";
  };
in
packages
