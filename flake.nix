{
  description = "Sets up Vira, the CI server for Nix projects, as a service that starts automatically";

  # The last release with all four systems: nixpkgs has no Intel Macs since 26.11.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forAllSystems = make: lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      packageFor = pkgs: pkgs.callPackage ./nix/package.nix { };
    in
    {
      packages = forAllSystems (pkgs: rec {
        vira-setup = packageFor pkgs;
        default = vira-setup;
      });

      apps = forAllSystems (pkgs: rec {
        vira-setup = {
          type = "app";
          program = "${packageFor pkgs}/bin/vira-setup";
          meta.description = "Sets up Vira as a service";
        };
        default = vira-setup;
      });

      overlays.default = final: _: { vira-setup = packageFor final; };

      checks = forAllSystems (
        pkgs:
        let
          vira-setup = packageFor pkgs;
        in
        {
          package = vira-setup;
          simulated = pkgs.callPackage ./nix/simulated.nix { inherit vira-setup; };
        }
        // lib.optionalAttrs (lib.hasSuffix "-linux" pkgs.stdenv.hostPlatform.system) {
          machine = pkgs.testers.runNixOSTest (import ./nix/machine.nix { inherit vira-setup; });
        }
      );

      devShells = forAllSystems (pkgs: {
        default = pkgs.mkShell { packages = [ pkgs.nodejs ]; };
      });
    };
}
