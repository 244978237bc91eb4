#!/usr/bin/python
# Copyright (c) 2026 The vira-setup authors
# MIT License (see LICENSE)

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: service
short_description: Set up, change, start, stop, update or remove Vira
version_added: 0.1.0
description:
  - Sets up Vira, the CI server for Nix, as a systemd user service or a launchd service of the account that the module runs as, with vira-setup.
  - The options describe the whole service. An option that is not given has its default, whatever was set before.
  - If the new service does not become healthy, the previous one is restored and the task fails.
author:
  - The vira-setup authors (!UNKNOWN)
options:
  state:
    description:
      - With C(present), Vira is set up with these settings, and running.
      - With C(absent), the service and the files of vira-setup are removed. Vira's state is kept, unless I(purge) is set.
      - With C(started), C(stopped) and C(restarted), the service that is set up is started, stopped or restarted.
      - With C(updated), Vira and the extra packages are built again from the same Nix packages, if there is something newer.
      - Only C(present) has settings.
    type: str
    choices:
      - present
      - absent
      - started
      - stopped
      - restarted
      - updated
    default: present
  overwrite:
    description:
      - With I(state=present), replace a service file that was changed by hand. Otherwise the task fails.
      - With I(state=absent), remove it. Otherwise it is kept, and I(leftovers) names it.
    type: bool
    default: false
  allow_state_reset:
    description:
      - Start with an empty state if the new Vira cannot read the old one, which is moved aside.
    type: bool
    default: false
  require_ready:
    description:
      - Change nothing unless builds can succeed, which needs Nix, the repositories and what they need.
    type: bool
    default: false
  purge:
    description:
      - With I(state=absent), also delete Vira's state and its log. This cannot be undone.
    type: bool
    default: false
  disable_linger:
    description:
      - With I(state=absent), turn lingering off if vira-setup turned it on.
    type: bool
    default: false
  wait:
    description:
      - Maximum time in seconds to wait for Vira to respond. If it is not given, vira-setup waits 60 seconds.
    type: int
extends_documentation_fragment:
  - vira.setup.program
  - vira.setup.settings
attributes:
  check_mode:
    support: full
    description: Can run in check mode, and then reports what would change without changing anything.
  diff_mode:
    support: full
    description: Returns the files that changed, or in check mode would change. Secrets are masked.
seealso:
  - module: vira.setup.info
"""

EXAMPLES = r"""
- name: Set Vira up for the account vira
  vira.setup.service:
    hostname: 0.0.0.0
    port: 8443
    repositories:
      app: https://git.example.org/team/app.git
    environment:
      API_TOKEN: "{{ vault_api_token }}"
  become: true
  become_user: vira

- name: Restart Vira
  vira.setup.service:
    state: restarted
  become: true
  become_user: vira

- name: Update Vira from its Nix package
  vira.setup.service:
    state: updated
  become: true
  become_user: vira

- name: Remove Vira and its state
  vira.setup.service:
    state: absent
    purge: true
  become: true
  become_user: vira
"""

RETURN = r"""
outcome:
  description: How the run of vira-setup ended.
  returned: always, unless vira-setup could not be run
  type: str
  sample: installed
url:
  description: The URL of Vira on this host.
  returned: if Vira is or would be set up
  type: str
  sample: https://localhost:5005/
healthy:
  description: Whether the service runs and its page responds.
  returned: if the service was checked
  type: bool
  sample: true
starts_at_boot:
  description: Whether Vira starts at boot.
  returned: if it is known
  type: bool
  sample: true
steps:
  description: What was done, or in check mode would be done, in order.
  returned: if there is a plan
  type: list
  elements: str
  sample:
    - Save your settings
    - Restart Vira
updates:
  description: Each build that is replaced, with C(package), and what it is replaced C(from) and C(to).
  returned: if builds were or would be replaced
  type: list
  elements: dict
leftovers:
  description: What was kept when Vira was removed, with C(path), C(what) and C(fixes).
  returned: with I(state=absent)
  type: list
  elements: dict
readiness:
  description: Whether builds can succeed. Each finding has a C(level), a C(code), a C(message) and C(fixes).
  returned: if it was checked
  type: list
  elements: dict
error_code:
  description: What kind of failure it is, such as C(usage) or C(unhealthy). The names do not change.
  returned: failure
  type: str
  sample: unhealthy
reason:
  description: Why Vira does not run, such as C(port-in-use). The names do not change.
  returned: failure, if Vira would not start or is not healthy
  type: str
  sample: port-in-use
log:
  description: The last lines of the log of a start that failed.
  returned: failure, if there are any
  type: list
  elements: str
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.vira.setup.plugins.module_utils.program import (
    Program,
    error_text,
    given_settings,
    notice_text,
    settings_document,
    snake_case,
)
from ansible_collections.vira.setup.plugins.module_utils.settings import ARGUMENTS

COMMANDS = {
    "present": ["install", "--ignore-saved", "--config", "-"],
    "absent": ["uninstall"],
    "started": ["start"],
    "stopped": ["stop"],
    "restarted": ["restart"],
    "updated": ["update"],
}
CONSENTS = ["overwrite", "allow_state_reset", "require_ready", "purge", "disable_linger"]
# What a run demands for a warning of that code.
CONSENTED = {"changed-by-hand": "overwrite", "state-reset": "allow_state_reset"}
RETURNED = ["outcome", "url", "healthy", "starts_at_boot", "steps", "updates", "leftovers", "readiness"]


def words_of(module):
    """The command, with the options of the run; one that does not fit the command is refused by vira-setup."""
    params = module.params
    words = list(COMMANDS[params["state"]])
    words += ["--" + name.replace("_", "-") for name in CONSENTS if params[name]]
    if params["wait"] is not None:
        words += ["--wait", str(params["wait"])]
    return words + (["--check"] if module.check_mode else [])


def diff_of(document):
    """The files in Ansible's form; those that are only bookkeeping have no contents to compare."""
    return [file_diff(one) for one in document.get("diff") or [] if not one["bookkeeping"]]


def file_diff(one):
    before, after = [one.get(name) or "" for name in ["before", "after"]]
    if before == after:
        return {"prepared": "%s: only a masked secret or the mode is different\n" % one["path"]}
    return {"before_header": one["path"], "after_header": one["path"], "before": before, "after": after}


def result_of(module, document):
    answer = snake_case(document)
    result = dict((name, answer[name]) for name in RETURNED if answer.get(name) is not None)
    result["changed"] = document["changed"]
    if module._diff:
        result["diff"] = diff_of(document)
    return result


def refused_in(module, document):
    """What a run would refuse, although check mode has a plan for it."""
    if not module.check_mode:
        return []
    warnings = document.get("warnings") or []
    return [one for one in warnings if one["code"] in CONSENTED and not module.params[CONSENTED[one["code"]]]]


def failure_of(document):
    error = document.get("error") or {}
    failure = dict(error_code=error.get("code"), reason=error.get("reason"), log=error.get("log"))
    return dict((name, value) for name, value in failure.items() if value)


def main():
    module = AnsibleModule(
        argument_spec=dict(
            state=dict(type="str", default="present", choices=list(COMMANDS)),
            executable=dict(type="path", default="vira-setup"),
            overwrite=dict(type="bool", default=False),
            allow_state_reset=dict(type="bool", default=False),
            require_ready=dict(type="bool", default=False),
            purge=dict(type="bool", default=False),
            disable_linger=dict(type="bool", default=False),
            wait=dict(type="int"),
            **ARGUMENTS
        ),
        supports_check_mode=True,
    )
    program = Program(module)
    program.demand()
    is_setup = module.params["state"] == "present"
    given = given_settings(module.params)
    if given and not is_setup:
        program.fail("Only state=present has settings. Remove %s." % ", ".join(given))
    document = program.ask(words_of(module), settings_document(module.params) if is_setup else None)
    result = result_of(module, document)
    if document["outcome"] in ["failed", "cancelled"]:
        program.fail(error_text(document), **dict(failure_of(document), **result))
    refused = refused_in(module, document)
    if refused:
        program.fail("\n".join(notice_text(one) for one in refused), **dict(result, changed=False))
    for warning in document.get("warnings") or []:
        module.warn(notice_text(warning))
    program.exit(**result)


if __name__ == "__main__":
    main()
