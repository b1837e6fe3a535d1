#!/usr/bin/env bash
# Tells the gate that a job has ended (EpilogSlurmctld): what it did not use comes back.
conf=${STANDSTILL_GATE_CONF:-/etc/standstill/gate.conf}
# shellcheck source=/dev/null
[[ -f $conf ]] && . "$conf"
standstill gate end "slurm:$SLURM_JOB_ID" --socket "${STANDSTILL_GATE_SOCKET:-/run/standstill/gate.sock}" >/dev/null || true
