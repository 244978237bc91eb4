# Copyright (c) 2026 The vira-setup authors
# MIT License (see LICENSE)

from __future__ import absolute_import, division, print_function

__metaclass__ = type


class ModuleDocFragment(object):
    DOCUMENTATION = r"""
options:
  executable:
    description:
      - The path of vira-setup on the host, or its name on PATH.
    type: path
    default: vira-setup
attributes:
  check_mode:
    description: Can run in check mode without changing anything on the host.
  diff_mode:
    description: Returns details on what has changed, or would change.
notes:
  - The module runs as the account that has, or gets, the service. Become that account with C(become_user). It needs no session and no password.
  - If that account and the account of the connection are both not root, turn on C(pipelining), or install C(acl) on the host.
requirements:
  - vira-setup on the host
"""
