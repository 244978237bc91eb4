# Copyright (c) 2026 The vira-setup authors
# MIT License (see LICENSE)
# Generated from the list of options of vira-setup: npm run docs

from __future__ import absolute_import, division, print_function

__metaclass__ = type

ARGUMENTS = dict(
    hostname=dict(type="str"),
    port=dict(type="int"),
    https=dict(type="bool"),
    tls_cert=dict(type="str"),
    tls_key=dict(type="str", no_log=False),
    base_path=dict(type="str"),
    state_dir=dict(type="str"),
    auto_reset_state=dict(type="bool"),
    job_retention_days=dict(type="int"),
    max_concurrent_builds=dict(type="int"),
    auto_build_new_branches=dict(type="bool"),
    repositories=dict(type="dict", no_log=True),
    package=dict(type="str"),
    extra_packages=dict(type="list", elements="str"),
    environment=dict(type="dict", no_log=True),
    service_config=dict(type="dict", no_log=True),
    log_level=dict(type="str", choices=["Debug", "Info", "Warning", "Error"]),
    domain=dict(type="str", choices=["gui", "user", "system"]),
    linger=dict(type="bool"),
)

PLACES = {
    "hostname": ["hostname"],
    "port": ["port"],
    "https": ["https"],
    "tls_cert": ["tlsCert"],
    "tls_key": ["tlsKey"],
    "base_path": ["basePath"],
    "state_dir": ["stateDir"],
    "auto_reset_state": ["autoResetState"],
    "job_retention_days": ["jobRetentionDays"],
    "max_concurrent_builds": ["maxConcurrentBuilds"],
    "auto_build_new_branches": ["autoBuildNewBranches"],
    "repositories": ["initialState", "repositories"],
    "package": ["package"],
    "extra_packages": ["extraPackages"],
    "environment": ["systemd", "environment"],
    "service_config": ["systemd", "serviceConfig"],
    "log_level": ["logLevel"],
    "domain": ["domain"],
    "linger": ["linger"],
}

MAPS = [
    "repositories",
    "environment",
    "service_config",
]
