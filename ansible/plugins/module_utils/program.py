# Copyright (c) 2026 The vira-setup authors
# MIT License (see LICENSE)

"""Runs vira-setup and reads the one JSON document that it prints (docs/scripts.md)."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import json
import os
import re

from ansible_collections.vira.setup.plugins.module_utils.settings import MAPS, PLACES

# A shorter value cannot be hidden: Ansible would mask its characters in every other text, such as a port.
SHORTEST_HIDDEN = 8
HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def settings_document(params):
    """The settings file for these options: an option that is not given is left out."""
    document = {}
    for option, place in PLACES.items():
        if params[option] is None:
            continue
        inner = document
        for key in place[:-1]:
            inner = inner.setdefault(key, {})
        inner[place[-1]] = params[option]
    return document


def given_settings(params):
    """The names of the settings that were given, in order."""
    return sorted(option for option in PLACES if params[option] is not None)


class Program(object):
    """vira-setup on this host."""

    def __init__(self, module):
        self.module = module
        # The role links it there, and sudo's PATH is without it on some systems.
        self.path = module.get_bin_path(module.params["executable"], opt_dirs=["/usr/local/bin"])
        # A variable of the host would replace what the task gives.
        for name in [one for one in os.environ if one.startswith("VIRA_SETUP_")]:
            del os.environ[name]
        # vira-setup masks its own texts, so that only variables are left to hide, and not what is no secret in a URL.
        module.no_log_values.clear()
        module.no_log_values.update(_long_values(module.params.get("environment")))

    def ask(self, words, settings=None):
        """Runs a command and returns its document, which has an `error` if it failed."""
        argv = [self.path] + words + ["--non-interactive", "--json"]
        text = None if settings is None else json.dumps(settings)
        try:
            status, out, err = self.module.run_command(argv, data=text, handle_exceptions=False)
        except (OSError, IOError) as error:
            self.fail("%s cannot be run: %s. Is it for the system and processor of this host?" % (self.path, error))
        try:
            document = json.loads(out)
        except ValueError:
            self.fail(
                "%s did not print a JSON document (exit status %d). Is it a vira-setup that fits this collection?\n%s"
                % (self.path, status, (err or out).strip()[-2000:])
            )
        self._reveal(document)
        return document

    def demand(self):
        """Fails if vira-setup is not on this host."""
        if self.path is None:
            self.fail(
                "vira-setup was not found on this host (%s). Install it with the role vira.setup.vira, or set executable."
                % self.module.params["executable"]
            )

    def exit(self, **result):
        self.module.exit_json(invocation=self._invocation(), **result)

    def fail(self, msg, **result):
        self.module.fail_json(msg=msg, invocation=self._invocation(), **result)

    def _reveal(self, document):
        """A variable that vira-setup shows is no secret, so it need not be hidden in other texts."""
        systemd = (document.get("settings") or {}).get("systemd") or {}
        self.module.no_log_values.difference_update(_long_values(systemd.get("environment")))

    def _invocation(self):
        """The options of the task, without what may be a secret."""
        args = dict(self.module.params)
        for option in MAPS:
            if args.get(option):
                args[option] = dict((name, HIDDEN) for name in args[option])
        for option in ["package", "extra_packages"]:
            if args.get(option):
                args[option] = _without_password(args[option])
        return {"module_args": args}


def _without_password(value):
    """A URL, or a list of them, without the login in it."""
    if isinstance(value, list):
        return [_without_password(one) for one in value]
    return re.sub(r"//[^/@\s]+@", "//HIDDEN@", value)


def _long_values(variables):
    values = [str(value) for value in (variables or {}).values()]
    return set(value for value in values if len(value) >= SHORTEST_HIDDEN)


def notice_text(notice):
    """What is wrong and how to fix it, in one paragraph."""
    setting = notice.get("setting")
    parts = ["%s: %s" % (_option_of(setting), notice["message"]) if setting else notice["message"]]
    if notice.get("detail"):
        parts.append(notice["detail"])
    for fix in notice.get("fixes") or []:
        if fix.get("command"):
            parts.append("%s: `%s`" % (fix["say"].rstrip(".:"), fix["command"]))
        else:
            parts.append(fix["say"])
    return " ".join(part.strip() for part in parts)


def error_text(document):
    """All that is wrong on this host."""
    error = document.get("error")
    if error is None:
        return "vira-setup was cancelled."
    problems = error.get("problems") or []
    if not problems:
        lines = [notice_text(error)]
    elif len(problems) == 1:
        lines = [notice_text(problems[0])]
    else:
        lines = ["%d problems:" % len(problems)] + ["- " + notice_text(one) for one in problems]
    for left in document.get("notUndone") or []:
        lines.append(notice_text(left))
    return "\n".join(lines)


def _option_of(setting):
    for option, place in PLACES.items():
        if ".".join(place) == setting:
            return option
    return setting


def snake_case(document):
    """The document with the names that Ansible prefers; those of settings and of files are not ours to change."""
    return dict((_snake(name), value) for name, value in document.items())


def _snake(name):
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)
