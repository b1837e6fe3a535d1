#!/usr/bin/env bash
# Tells the gate which jobs with accelerators run (every few minutes, from cron or a timer): leases are renewed or refused, ends that were missed
# are made up for, and jobs that no gate let in are named, with exit code 8.
set -euo pipefail
conf=${STANDSTILL_GATE_CONF:-/etc/standstill/gate.conf}
# shellcheck source=/dev/null
[[ -f $conf ]] && . "$conf"
# By itself, so that a scheduler that does not answer is not taken for one in which nothing runs.
jobs=$(scontrol show job --details --oneliner)
{ grep -E ' JobState=(RUNNING|SUSPENDED|CONFIGURING|COMPLETING|STOPPED) ' <<<"$jobs" || true; } |
  { grep -E ' GRES=[^ ]*(gpu|shard|mps):' || true; } |
  sed -nE 's/^JobId=([0-9]+) .*/slurm:\1/p' |
  standstill gate running slurm --socket "${STANDSTILL_GATE_SOCKET:-/run/standstill/gate.sock}"
