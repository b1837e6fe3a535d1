#!/usr/bin/env bash
# Holds back what a job could do, when it starts or starts again (PrologSlurmctld). A job that may not run is requeued and held.
set -euo pipefail
job=$(scontrol show job --oneliner "$SLURM_JOB_ID")
field() { sed -nE "s/(.* )?$1=([^ ]*).*/\2/p" <<<"$job"; }
gpus=$(field TRES | sed -nE 's#.*gres/gpu=([0-9]+).*#\1#p')
[[ -n $gpus ]] || exit 0
limit=$(field TimeLimit)
asked=(--job "slurm:$SLURM_JOB_ID" --accelerators "$gpus" --socket "${STANDSTILL_GATE_SOCKET:-/run/standstill/gate.sock}")
if [[ $limit != UNLIMITED ]]; then
  days=0
  [[ $limit == *-* ]] && days=${limit%%-*} && limit=${limit#*-}
  IFS=: read -r hours minutes seconds <<<"$limit"
  asked+=(--seconds $((((10#$days * 24 + 10#$hours) * 60 + 10#$minutes) * 60 + 10#$seconds)))
fi
comment=$(sed -nE 's/.* Comment=(.*)/\1/p' <<<"$job" | sed -E 's/ [A-Z][A-Za-z]*=.*//')
for word in $comment; do
  case $word in
    activity=* | run=* | use=*) asked+=("--${word%%=*}" "${word#*=}") ;;
  esac
done
if standstill gate start "${asked[@]}" >/dev/null; then exit 0; fi
case $? in
  8) scontrol requeuehold "$SLURM_JOB_ID" && exit 1 ;;
  # No answer: what the agreement says for that.
  *) [[ ${STANDSTILL_GATE_WHEN_UNSURE:-refuse} == allow ]] ;;
esac
