/**
 * What `nix build` takes that is no path (nix(1), "Installables"): a flake with a scheme or from the registry, such as
 * `github:juspay/vira` or `nixpkgs#openssh`. A service is set up from no folder, so `.#vira` would mean nothing later.
 */
export const installablePattern = /^[A-Za-z][^\s\p{Cc}:#]*[:#][^\s\p{Cc}]*$/u;

/** Whether a value names something for Nix to build. Paths begin with `/` or `~`, and never are. */
export const isInstallable = (value: string): boolean => installablePattern.test(value);

/** Where Vira itself comes from. */
export const viraInstallable = 'github:juspay/vira';
