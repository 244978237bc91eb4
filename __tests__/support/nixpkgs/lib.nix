# Functions of nixpkgs' lib, as its manual describes them.
rec {
  genAttrs = names: make: builtins.listToAttrs (map (name: { inherit name; value = make name; }) names);
  importJSON = path: builtins.fromJSON (builtins.readFile path);
  hasPrefix = prefix: text: builtins.substring 0 (builtins.stringLength prefix) text == prefix;
  hasSuffix =
    suffix: text:
    let
      length = builtins.stringLength text;
      from = length - builtins.stringLength suffix;
    in
    from >= 0 && builtins.substring from length text == suffix;
  optionalString = condition: text: if condition then text else "";
  optionalAttrs = condition: set: if condition then set else { };
  licenses.mit = {
    spdxId = "MIT";
  };
  platforms = {
    linux = [
      "x86_64-linux"
      "aarch64-linux"
    ];
    darwin = [
      "x86_64-darwin"
      "aarch64-darwin"
    ];
  };
}
