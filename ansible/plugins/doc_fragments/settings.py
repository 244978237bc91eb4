# Copyright (c) 2026 The vira-setup authors
# MIT License (see LICENSE)
# Generated from the list of options of vira-setup: npm run docs

from __future__ import absolute_import, division, print_function

__metaclass__ = type


class ModuleDocFragment(object):
    DOCUMENTATION = r"""
options:
  hostname:
    description:
      - >-
        Host name or address that Vira listens on.
      - >-
        localhost can be reached from this machine only. With 0.0.0.0 or ::, anyone who can reach the
        port can run code as you: Vira has no login.
      - >-
        If it is not given, it is C(localhost).
    type: str
  port:
    description:
      - >-
        TCP port of the web interface.
      - >-
        If it is not given, it is C(5005).
    type: int
  https:
    description:
      - >-
        Serve the web interface over HTTPS.
      - >-
        If you give no certificate, Vira creates one, which browsers warn about once.
      - >-
        If it is not given, it is C(true).
    type: bool
  tls_cert:
    description:
      - >-
        Certificate file (PEM) to use instead of the one that Vira creates.
    type: str
  tls_key:
    description:
      - >-
        Private key file (PEM) of the certificate.
      - >-
        Vira supports RSA, P-256, Ed25519 and Ed448 keys.
    type: str
  base_path:
    description:
      - >-
        URL path of Vira behind a proxy, such as /vira/. Without a proxy, use /.
      - >-
        Vira uses it only in the links on its pages; it always serves from /. The proxy must remove
        this path before it forwards a request.
      - >-
        If it is not given, it is C(/).
    type: str
  state_dir:
    description:
      - >-
        Folder for the database, the builds and their logs.
      - >-
        If it is not given, it is C(~/.local/share/vira/state).
    type: str
  auto_reset_state:
    description:
      - >-
        Start with an empty state (database, jobs) if a new Vira cannot read the old one.
      - >-
        Before vira-setup starts such a Vira, it moves the database and the job folders aside, within
        the state folder. If Vira is replaced and started without vira-setup, Vira deletes them. If
        off, such a Vira refuses to start until you reset the state by hand.
      - >-
        If it is not given, it is C(true).
    type: bool
  job_retention_days:
    description:
      - >-
        Days after which finished jobs are deleted. 0 keeps them forever.
      - >-
        If it is not given, it is C(14).
    type: int
  max_concurrent_builds:
    description:
      - >-
        Maximum number of builds at the same time. If empty, Vira's default applies.
    type: int
  auto_build_new_branches:
    description:
      - >-
        Build new branches as soon as they appear.
      - >-
        If it is not given, it is C(false).
    type: bool
  repositories:
    description:
      - >-
        Repositories to add when Vira starts.
      - >-
        At every start, Vira adds the repositories that it does not have. It refuses to start if it
        has one of the same name with another URL.
    type: dict
  package:
    description:
      - >-
        Vira executable, folder that contains bin/vira, or Nix package to build.
      - >-
        A Nix package, such as github:juspay/vira, or path:/FOLDER for a flake in a folder, is built
        once, after the preview, and the settings of its flake are accepted (--accept-flake-config). A
        link protects it from garbage collection.
    type: str
  extra_packages:
    description:
      - >-
        Folders, or Nix packages such as nixpkgs#openssh, whose bin/ is added to the PATH of builds.
      - >-
        A Nix package is built like Vira itself and protected from garbage collection.
    type: list
    elements: str
  environment:
    description:
      - >-
        Environment variables of the service, such as GIT_SSH_COMMAND.
      - >-
        If a name looks like that of a secret, its value is masked on every screen. Only you can read
        the file that contains the values.
    type: dict
  service_config:
    description:
      - >-
        Lines for the [Service] section, such as MemoryMax=2G.
      - >-
        Values use systemd's own syntax. A line replaces the one of the same name that vira-setup
        would write.
      - >-
        Only on Linux.
    type: dict
  log_level:
    description:
      - >-
        How much Vira writes to its log.
      - >-
        If it is not given, it is C(Info).
    type: str
    choices:
      - Debug
      - Info
      - Warning
      - Error
  domain:
    description:
      - >-
        When Vira runs. gui: after you log in to the desktop. user: until the next reboot. system:
        from boot (needs sudo).
      - >-
        launchd runs each service in a domain. gui is your desktop session. user is your background
        session: also opened by SSH, and not restored after a reboot. system is the whole machine:
        there, Vira is a daemon that runs as you. Since macOS 15, a daemon may use the local network,
        but an agent needs permission. Vira never runs while the Mac sleeps.
      - >-
        If it is not given, it is C(gui).
      - >-
        Only on macOS.
    type: str
    choices:
      - gui
      - user
      - system
  linger:
    description:
      - >-
        Start the service at boot and keep it running after you log out.
      - >-
        If off, vira-setup does not change lingering: unless it is already on, the service stops when
        you log out.
      - >-
        If it is not given, it is C(true).
      - >-
        Only on Linux.
    type: bool
"""
