# A NixOS machine: Vira is set up for an account that never logged in, starts at boot, and is uninstalled. It needs KVM or
# patience, and runs in the continuous integration of GitHub only: `nix build path:.#checks.x86_64-linux.machine`.
{ vira-setup }:
{ pkgs, ... }:
let
  python = "${pkgs.python3}/bin/python3";
  vira = pkgs.writeScriptBin "vira" (
    builtins.replaceStrings [ "@python@" ] [ python ] (builtins.readFile ./vira.py)
  );
in
{
  name = "vira-setup";

  nodes.machine = {
    users.users.alice = {
      isNormalUser = true;
      uid = 1000;
    };
    environment.systemPackages = [ vira-setup ];
  };

  testScript = ''
    vira = "${vira}/bin/vira"
    as_alice = "sudo --user=alice --login --"

    machine.wait_for_unit("multi-user.target")
    machine.succeed("loginctl enable-linger alice")
    machine.wait_for_unit("user@1000.service")
    machine.succeed(f"{as_alice} vira-setup --non-interactive --package {vira} --no-https")
    machine.wait_for_open_port(5005)
    machine.succeed(f"{as_alice} vira-setup status")

    machine.shutdown()
    machine.start()
    machine.wait_for_unit("user@1000.service")
    machine.wait_for_open_port(5005)
    machine.succeed(f"{as_alice} vira-setup status")

    machine.succeed(f"{as_alice} vira-setup uninstall --non-interactive")
    machine.wait_until_fails("systemctl --user --machine=alice@.host is-active vira.service")
  '';
}
