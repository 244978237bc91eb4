{
  # What the flake of vira-setup takes from nixpkgs, made of programs of a Debian: here is no network to fetch nixpkgs from.
  outputs =
    { self }:
    let
      lib = import ./lib.nix;
    in
    {
      inherit lib;
      legacyPackages = lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ] (system: import ./packages.nix { inherit lib system; });
    };
}
