/**
 * What `nix build` accepts besides paths (nix(1), "Installables"): a flake with a scheme or from the registry, such as
 * `github:juspay/vira` or `nixpkgs#openssh`. A service has no current folder, so `.#vira` would mean nothing later.
 */
export const installablePattern = /^[A-Za-z][^\s\p{Cc}:#]*[:#][^\s\p{Cc}]*$/u;

/** Whether Nix has to build the value. Paths start with `/` or `~` and are never built. */
export const isInstallable = (value: string): boolean => installablePattern.test(value);

/** Where Vira itself comes from. */
export const viraInstallable = 'github:juspay/vira';
