#!/usr/bin/env bash
# Runs a Slurm cluster of one machine with accounting in a network namespace of its own (Debian: slurm-wlm slurmdbd munge
# mariadb-server), until it is told to stop on its input. Prints the namespace's process and the directory once it is idle.
# The daemons listen on every address, so they are kept off the network; the second address on `lo` is needed, because
# Slurm's look-up of names passes over loopback addresses.
set -euo pipefail
place=$1
name=$(hostname -s)
mkdir -p "$place"/{state,spool,log,run/m,db}
chmod 755 "$place" "$place/run" "$place/run/m"

unshare -n sh -c "ip link set lo up; ip addr add 192.0.2.1/32 dev lo; echo \$\$ > $place/ns.pid; exec sleep 3000" &
holder=$!
for _ in $(seq 50); do [[ -s $place/ns.pid ]] && break; sleep 0.1; done
namespace=$(cat "$place/ns.pid")
inside() { nsenter -t "$namespace" -n "$@"; }
export SLURM_CONF="$place/slurm.conf"
processes=()
# In the background without a shell between, so that whoever is told to stop is the program itself.
background() {
  local log=$1
  shift
  nsenter -t "$namespace" -n "$@" >"$log" 2>&1 &
  processes+=($!)
}
finish() {
  for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
  sleep 1
  for process in "${processes[@]}"; do kill -9 "$process" 2>/dev/null || true; done
  kill "$holder" 2>/dev/null || true
}
trap finish EXIT

: >"$place/run/gpu0"
: >"$place/run/gpu1"
password=$(head -c 16 /dev/urandom | base64 | tr -dc a-zA-Z0-9)
socket="$place/run/m/munge.socket"
cat >"$place/slurm.conf" <<CONF
ClusterName=tele
SlurmctldHost=$name(127.0.0.1)
SlurmUser=slurm
SlurmdUser=root
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$socket
CredType=cred/munge
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/run/slurmctld.pid
SlurmdPidFile=$place/run/slurmd.pid
SlurmctldLogFile=$place/log/slurmctld.log
SlurmdLogFile=$place/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
GresTypes=gpu
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=16819
AccountingStoragePass=$socket
AccountingStorageTRES=gres/gpu,gres/gpu:h100
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=5
CommunicationParameters=NoCtldInAddrAny
NodeName=$name NodeAddr=127.0.0.1 CPUs=$(nproc) Gres=gpu:h100:2 State=UNKNOWN
PartitionName=train Nodes=$name Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:8
CONF
# A gate is asked where a job_submit.lua lies beside the configuration.
if [[ -f $place/job_submit.lua ]]; then
  sed -i 's/^SlurmUser=.*/SlurmUser=root/' "$place/slurm.conf"
  cat >>"$place/slurm.conf" <<CONF
JobSubmitPlugins=lua
PrologSlurmctld=$place/prolog
EpilogSlurmctld=$place/epilog
CONF
fi
cat >"$place/gres.conf" <<CONF
NodeName=$name Name=gpu Type=h100 File=$place/run/gpu[0-1]
CONF
cat >"$place/slurmdbd.conf" <<CONF
AuthType=auth/munge
AuthInfo=socket=$socket
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=16819
SlurmUser=slurm
LogFile=$place/log/slurmdbd.log
PidFile=$place/run/slurmdbd.pid
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=13306
StorageUser=slurm
StoragePass=$password
StorageLoc=slurm_acct_db
CONF
chown -R slurm "$place/state" "$place/spool" "$place/log" "$place/slurmdbd.conf"
chown slurm "$place/run"
chmod 600 "$place/slurmdbd.conf"

head -c 1024 /dev/urandom >"$place/munge.key"
chown munge "$place/munge.key" "$place/run/m"
chmod 400 "$place/munge.key"
touch "$place/munge.log" "$place/munge.seed" && chown munge "$place/munge.log" "$place/munge.seed"
background /dev/null setpriv --reuid munge --regid munge --clear-groups munged --foreground --force \
  --socket="$socket" --key-file="$place/munge.key" --log-file="$place/munge.log" \
  --pid-file="$place/run/m/munged.pid" --seed-file="$place/munge.seed"

mariadb-install-db --user=mysql --datadir="$place/db" >/dev/null 2>&1
background "$place/mariadb.log" mariadbd --no-defaults --user=mysql --bind-address=127.0.0.1 --port=13306 \
  --datadir="$place/db" --socket="$place/db/sock" --pid-file="$place/db/pid" --innodb-buffer-pool-size=256M \
  --innodb-lock-wait-timeout=900
for _ in $(seq 100); do inside mariadb --socket="$place/db/sock" -e 'select 1' >/dev/null 2>&1 && break; sleep 0.2; done
inside mariadb --socket="$place/db/sock" -e "create database slurm_acct_db;
  create user slurm@127.0.0.1 identified by '$password'; grant all on slurm_acct_db.* to slurm@127.0.0.1;
  create user slurm@localhost identified by '$password'; grant all on slurm_acct_db.* to slurm@localhost"

background /dev/null slurmdbd -D
for _ in $(seq 100); do inside sacctmgr -i show cluster >/dev/null 2>&1 && break; sleep 0.2; done
inside sacctmgr -i add cluster tele >/dev/null
inside sacctmgr -i add account frontier serving >/dev/null
inside sacctmgr -i add user root Account=frontier,serving >/dev/null
background /dev/null slurmctld -D -c
background /dev/null slurmd -D
for _ in $(seq 150); do [[ $(inside sinfo -h -o %T 2>/dev/null) == idle ]] && break; sleep 0.2; done
[[ $(inside sinfo -h -o %T) == idle ]] || { cat "$place"/log/*.log >&2; exit 1; }
echo "$namespace $place"
cat >/dev/null
