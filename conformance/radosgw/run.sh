#!/usr/bin/env bash
# Runs the tests of a log in a bucket against Ceph's S3 server (Debian: ceph-mon ceph-osd ceph-common radosgw): one monitor,
# one store in memory, one gateway, all on this machine and gone afterwards. Needs to be root, as packages of the system do.
set -euo pipefail
cd "$(dirname "$0")/../.."
for program in ceph-mon ceph-osd ceph radosgw radosgw-admin monmaptool; do
  command -v "$program" >/dev/null || {
    echo "expected $program, got none: apt-get install --no-install-recommends ceph-mon ceph-osd ceph-common radosgw" >&2
    exit 2
  }
done

place=$(mktemp -d)
processes=()
finish() {
  for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$place"
}
trap finish EXIT

export CEPH_CONF="$place/ceph.conf"
port=${STANDSTILL_RADOSGW_PORT:-7480}
id=$(cat /proc/sys/kernel/random/uuid)
cat >"$CEPH_CONF" <<CONF
[global]
fsid = $id
mon host = v1:127.0.0.1:16789
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd crush chooseleaf type = 0
mon allow pool size one = true
osd objectstore = memstore
memstore device bytes = 1073741824
osd data = $place/osd
mon data = $place/mon
mon initial members = a
osd pool default pg num = 8
ms bind msgr2 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
mon warn on pool no redundancy = false
keyring = $place/keyring
log file = $place/\$name.log
run dir = $place
admin socket = $place/\$name.asok
pid file = $place/\$name.pid
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$port
rgw data = $place/rgw
CONF
mkdir -p "$place/mon" "$place/osd" "$place/rgw"
: >"$place/keyring"
monmaptool --create --fsid "$id" --addv a '[v1:127.0.0.1:16789]' "$place/monmap" >/dev/null
ceph-mon -i a --mkfs --monmap "$place/monmap" --keyring "$place/keyring"
ceph-mon -i a -f &
processes+=($!)
timeout 60 ceph --connect-timeout 30 status >/dev/null
store=$(cat /proc/sys/kernel/random/uuid)
ceph osd new "$store" 0 >/dev/null
ceph-osd -i 0 --mkfs --osd-uuid "$store" >/dev/null 2>&1
ceph-osd -i 0 -f &
processes+=($!)
for _ in $(seq 60); do
  [[ $(ceph osd stat 2>/dev/null) == *"1 up"* ]] && break
  sleep 1
done
radosgw -n client.rgw -f &
processes+=($!)
for _ in $(seq 120); do curl -fs "http://127.0.0.1:$port/" >/dev/null && break; sleep 1; done

radosgw-admin user create --uid standstill --display-name standstill \
  --access-key standstill --secret-key standstill-test >/dev/null
export AWS_ACCESS_KEY_ID=standstill AWS_SECRET_ACCESS_KEY=standstill-test AWS_REGION=us-east-1
node --input-type=module -e '
import { AwsClient } from "aws4fetch";
const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
const client = new AwsClient({
  accessKeyId: AWS_ACCESS_KEY_ID,
  secretAccessKey: AWS_SECRET_ACCESS_KEY,
  region: "us-east-1",
  service: "s3",
});
const { status } = await client.fetch(process.argv[1], { method: "PUT" });
if (status !== 200) throw new Error(`expected a bucket, got status ${status}`);
' "http://127.0.0.1:$port/log"
STANDSTILL_BUCKET_URL="http://127.0.0.1:$port/log" node scripts/test.mjs packages/record/test/sequencer-on-a-bucket
