/** HTTP API and static pages over one record. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { GateClient, type ToldDecision } from "./gate/client.ts";
export { createKeeperServer, type KeeperServerOptions } from "./keeping/keeper-server.ts";
export { type KeptRecord, openRecord, type RecordToKeep } from "./keeping/open-record.ts";
export { MonitorClient } from "./monitor/client.ts";
export { createServer, type ServerOptions } from "./server.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { FollowedRecord } from "./gate/followed-record.ts";
export {
  Gate,
  type GateAnswer,
  type GateOptions,
  type ListedJob,
  type RunningAnswer,
} from "./gate/gate.ts";
export { LedgerFile } from "./gate/ledger-file.ts";
export { createGateSocket } from "./gate/socket.ts";
export { listenOnSocket } from "./gate/socket-place.ts";
export { createGateWebhook, type WebhookTls } from "./gate/webhook.ts";
export { createHolderServer } from "./holder-server.ts";
export type { LocalWitness, RemoteWitness } from "./keeping/open-record.ts";
export { repeat } from "./keeping/repeat.ts";
export { Mirror, type MirrorOptions } from "./mirror.ts";
export { compareMirror, keepSplitView } from "./mirror-compare.ts";
export { sayAddress } from "./monitor/client.ts";
export { type Collected, collect } from "./monitor/collect.ts";
export { Monitor, type MonitorOptions, type MonitorStatus } from "./monitor/monitor.ts";
export { createMonitorServer } from "./monitor/server.ts";
export { NoticePoster, type PosterOptions } from "./notices/poster.ts";
export { type Accepted, Registry, type RegistryOptions } from "./registry.ts";
export { publishedRound } from "./routes/round.ts";
export { readSnapshot, writeSnapshot } from "./snapshot-file.ts";
export type { RecordView } from "./view.ts";
export { cosignFollowed } from "./witness-follow.ts";
export { createWitnessServer, type ServedWitness } from "./witness-server.ts";
