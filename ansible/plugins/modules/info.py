#!/usr/bin/python
# Copyright (c) 2026 The vira-setup authors
# MIT License (see LICENSE)

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: info
short_description: Show whether Vira is set up, healthy and ready to build
version_added: 0.1.0
description:
  - Returns what C(vira-setup status) and C(vira-setup doctor) find for the account that the module runs as.
  - A Vira that is not healthy is not a failure of the task. Use the returned values to decide.
author:
  - The vira-setup authors (!UNKNOWN)
options:
  doctor:
    description:
      - Also run every check of C(vira-setup doctor), which asks the hosts of repositories too.
    type: bool
    default: true
extends_documentation_fragment:
  - vira.setup.program
attributes:
  check_mode:
    support: full
    description: Can run in check mode, since it changes nothing.
  diff_mode:
    support: none
    description: Changes nothing, so there is no difference to return.
seealso:
  - module: vira.setup.service
"""

EXAMPLES = r"""
- name: Wait until Vira is healthy
  vira.setup.info:
    doctor: false
  become: true
  become_user: vira
  register: vira
  until: vira.healthy | default(false)
  retries: 10
  delay: 3

- name: Find what keeps builds from succeeding
  vira.setup.info:
  become: true
  become_user: vira
  register: vira

- name: Show it
  ansible.builtin.debug:
    var: vira.problems
"""

RETURN = r"""
present:
  description: Whether vira-setup is on the host.
  returned: always
  type: bool
installed:
  description: Whether Vira is set up for this account.
  returned: always
  type: bool
healthy:
  description: Whether the service runs and its page responds.
  returned: always
  type: bool
problems:
  description: What is wrong and how to fix it, one text for each problem.
  returned: always
  type: list
  elements: str
status:
  description: The document of C(vira-setup status --json).
  returned: if vira-setup is on the host
  type: dict
doctor:
  description: The document of C(vira-setup doctor --json).
  returned: if I(doctor) is set
  type: dict
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.vira.setup.plugins.module_utils.program import Program, error_text, notice_text


def gather(program, command):
    document = program.ask([command])
    if document["outcome"] == "failed":
        program.fail(error_text(document))
    return document


def problems_in(documents):
    found = []
    for document in documents.values():
        lists = [document.get(name) or [] for name in ["checks", "readiness", "drift"]]
        single = [document[name] for name in ["diagnosis", "error"] if document.get(name)]
        for notice in sum(lists, single):
            text = notice_text(notice)
            if notice["level"] == "error" and text not in found:
                found.append(text)
    return found


def main():
    module = AnsibleModule(
        argument_spec=dict(
            executable=dict(type="path", default="vira-setup"),
            doctor=dict(type="bool", default=True),
        ),
        supports_check_mode=True,
    )
    program = Program(module)
    if program.path is None:
        program.exit(changed=False, present=False, installed=False, healthy=False, problems=[])
    commands = ["status"] + (["doctor"] if module.params["doctor"] else [])
    documents = dict((command, gather(program, command)) for command in commands)
    status = documents["status"]
    program.exit(
        changed=False,
        present=True,
        installed=status["installed"],
        healthy=status["healthy"],
        problems=problems_in(documents),
        **documents
    )


if __name__ == "__main__":
    main()
