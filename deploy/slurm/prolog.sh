#!/usr/bin/env bash
# Holds back what a job could do, when it starts or starts again (PrologSlurmctld). A job that may not run is requeued and held.
# It counts what Slurm has given the job, not what it asked for: --exclusive gives all of a node.
set -euo pipefail
# Nobody's comment is a pattern of file names.
set -f
conf=${STANDSTILL_GATE_CONF:-/etc/standstill/gate.conf}
# shellcheck source=/dev/null
[[ -f $conf ]] && . "$conf"
# The first task of an array has the array's own number, which stands for all of them.
id=$SLURM_JOB_ID
[[ -z ${SLURM_ARRAY_TASK_ID-} ]] || id=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID

# By itself, so that a controller that does not answer lets nothing in.
job=$(scontrol show job --details --oneliner "$id")

# "Nodes=n[1-4] CPU_IDs=0-3 Mem=0 GRES=gpu:h100:2(IDX:0-1),shard:3": of each node, and nodes that were given alike stand together. Whoever
# submitted the job may have written the like into its name: that can only add.
allocated=$(grep -oE 'Nodes=[^ ]+ CPU_IDs=[^ ]* Mem=[^ ]* GRES=[^ ]+' <<<"$job" | sed -E 's/Nodes=([^ ]+) .* GRES=(.+)/\1 \2/' || true)
gpus=0
kinds=()
while read -r nodes gres; do
  [[ -n $nodes ]] || continue
  count=$(scontrol show hostnames "$nodes" | wc -l)
  for one in $(sed -E 's/\([^)]*\)//g; s/,/ /g' <<<"$gres"); do
    IFS=: read -r name kind number <<<"$one"
    [[ -n $number ]] || { number=$kind && kind=; }
    [[ $number =~ ^[0-9]{1,6}$ ]] || number=1000000
    case $name in
      gpu | shard) gpus=$((gpus + count * 10#$number)) ;;
      mps) gpus=$((gpus + count * ((10#$number + 99) / 100))) ;;
      *) continue ;;
    esac
    [[ " ${kinds[*]-} " == *" ${kind:--} "* ]] || kinds+=("${kind:--}")
  done
done <<<"$allocated"
# Where Slurm does not tell node by node, what it accounts.
if ((gpus == 0)); then
  for number in $(grep -oE 'gres/(gpu|shard|mps)=[0-9]+' <<<"$job" | cut -d= -f2 || true); do
    ((10#$number > gpus)) && gpus=$((10#$number))
  done
fi
((gpus > 0)) || exit 0

asked=(--job "slurm:$SLURM_JOB_ID" --accelerators "$gpus" --socket "${STANDSTILL_GATE_SOCKET:-/run/standstill/gate.sock}")
if ((${#kinds[@]} == 1)); then
  for pair in ${STANDSTILL_GATE_ACCELERATORS:-}; do
    [[ ${pair%%=*} == "${kinds[0]}" ]] && asked+=(--accelerator "${pair#*=}")
  done
fi
# "2-03:00:00", "3:00:00", "5:00" or "UNLIMITED", by itself: in the job's description a comment could pass for it.
limit=$(squeue --noheader --jobs "$id" --format %l)
if [[ $limit =~ ^(([0-9]+)-)?(([0-9]+):)?([0-9]+):([0-9]+)$ ]]; then
  hours=$((10#${BASH_REMATCH[2]:-0} * 24 + 10#${BASH_REMATCH[4]:-0}))
  asked+=(--seconds $(((hours * 60 + 10#${BASH_REMATCH[5]}) * 60 + 10#${BASH_REMATCH[6]})))
fi
for word in $(squeue --noheader --jobs "$id" --format %k); do
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
