import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  acceleratorSeconds,
  FeedMap,
  parseSlurm,
  type Quantity,
  Receiver,
  readMetricsText,
} from "@standstill/evidence";
import { declaredWorkloads, readActivityLog } from "@standstill/evidence/activity";
import {
  KNOWN_TABLES,
  READING_FORMATS,
  type ReadingFormat,
  readFileInto,
  readOtlpJson,
  readOtlpProtobuf,
  readTable,
  timeReader,
} from "@standstill/evidence/formats";
import { sha256, toHex, utf8 } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { bytes, double, type Field, fixed64, message, varint } from "./protobuf.ts";

const data = (path: string) => readFileSync(new URL(`../../../data/${path}`, import.meta.url));
const sample = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url));
const NOW = Date.parse("2026-11-21T21:00:00.000Z");
const fresh = (map = new FeedMap()) => {
  const receiver = new Receiver("aster/one", "operator", map);
  receiver.at(NOW, { beforeMs: Number.POSITIVE_INFINITY, afterMs: 86_400_000 });
  return receiver;
};
/** What was taken in: quantity, device, time, value. */
const taken = (receiver: Receiver) => {
  const { series, timeMs, values } = receiver.take();
  return [...series].map((number, i) => {
    const { device, quantity } = receiver.table.get(number) as {
      device: string;
      quantity: Quantity;
    };
    return [quantity, device, timeMs[i], values[i]] as const;
  });
};
const sum = (receiver: Receiver, wanted: Quantity) =>
  taken(receiver).reduce(
    (all, [quantity, , , value]) => all + (quantity === wanted ? (value ?? 0) : 0),
    0,
  );

describe("published totals", () => {
  it.each([
    ["code", 8_819, 18_059_974, 245_896],
    ["conv", 19_366, 22_361_870, 4_088_665],
  ])(
    "Azure's inference trace (%s): requests, tokens in, tokens out",
    async (name, requests, tokensIn, tokensOut) => {
      const text = gunzipSync(data(`azure/AzureLLMInferenceTrace_${name}.csv.gz`)).toString();
      const totals: number[] = [];
      for (const quantity of ["requests", "tokens-in", "tokens-out"] as const) {
        const receiver = fresh();
        expect(await readTable(text, KNOWN_TABLES["inference-requests"], receiver)).toBe(requests);
        expect(receiver.quarantine.count).toBe(0);
        totals.push(sum(receiver, quantity));
      }
      expect(totals).toEqual([requests, tokensIn, tokensOut]);
    },
  );

  it("Slurm's jobcomp tells the 111 accelerator-seconds that both of sacct's outputs tell", () => {
    for (const file of ["jobcomp_filetxt.txt", "sacct.json", "sacct_parsable2.txt"]) {
      expect(acceleratorSeconds(parseSlurm(data(`slurm/${file}`).toString()))).toBe(111);
    }
  });

  it("every line of a real scrape is read", () => {
    const text = gunzipSync(data("prometheus/node_exporter_metrics.txt.gz")).toString();
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
    const receiver = fresh();
    expect(readMetricsText(text, "text/plain; version=0.0.4", NOW, receiver)).toBe(lines);
    const interfaces = text.match(/^node_network_(?:receive|transmit)_bytes_total\{/gm) ?? [];
    expect(taken(receiver).length).toBe(interfaces.length);
    expect(interfaces.length).toBeGreaterThan(1);
  });

  it("the fields of dcgm-exporter that are taken are fields that it has", () => {
    const fields = ["default-counters.csv", "dcp-metrics-included.csv"]
      .flatMap((file) => data(`dcgm/${file}`).toString().split("\n"))
      .map((line) => /^#?\s*(DCGM_[A-Z_0-9]+)/.exec(line)?.[1]);
    for (const metric of [
      "DCGM_FI_DEV_POWER_USAGE",
      "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
      "DCGM_FI_DEV_FB_USED",
      "DCGM_FI_PROF_PCIE_TX_BYTES",
    ]) {
      expect(fields).toContain(metric);
      const found = new FeedMap().find(metric, new Map([["UUID", "GPU-1A"]]));
      expect(found?.device).toBe("gpu-1a");
    }
  });
});

describe("Prometheus text format 0.0.4 and OpenMetrics 1.0", () => {
  const line =
    'DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-8F",modelName="a \\"b\\" \\\\ c\\n"} 301.5';

  it("values in the unit of the quantity, times in milliseconds in the one and seconds in the other", () => {
    const plain = fresh();
    readMetricsText(`# HELP x\n${line} 1795294800000\n${line}\n`, "text/plain", NOW, plain);
    expect(taken(plain)).toEqual([
      ["power", "gpu-8f", 1_795_294_800_000, 301_500],
      ["power", "gpu-8f", NOW, 301_500],
    ]);
    const open = fresh();
    const text = `${line} 1795294800.5 # {trace="a"} 1\n# EOF\n`;
    readMetricsText(text, "application/openmetrics-text; version=1.0.0", NOW, open);
    expect(taken(open)).toEqual([["power", "gpu-8f", 1_795_294_800_500, 301_500]]);
  });

  it("DCGM's blanks, NaN and infinity are set aside; what is cut off or misspelt is refused", () => {
    const receiver = fresh();
    const at = (value: string) => `DCGM_FI_DEV_GPU_TEMP{UUID="GPU-8F"} ${value}\n`;
    readMetricsText(
      ["9223372036854775794", "NaN", "+Inf", "-3"].map(at).join(""),
      "",
      NOW,
      receiver,
    );
    expect(receiver.quarantine.reasons).toMatchObject({
      blank: { count: 2 },
      "not-a-number": { count: 1 },
      negative: { count: 1 },
    });
    expect(() => readMetricsText(line, "application/openmetrics-text", NOW, fresh())).toThrow(
      /EOF/,
    );
    for (const bad of ['x{a="b} 1', "x{a=b} 1", 'x{a="b",a="c"} 1', "x one", "1x 1", "x"]) {
      expect(() => readMetricsText(bad, "", NOW, fresh()), bad).toThrow(/Prometheus text format/);
    }
  });
});

describe("OTLP metrics", () => {
  const map = new FeedMap([
    { metric: "hw.power", quantity: "power", scale: 1000, device: ["hw.id", "host.name"] },
  ]);
  const attribute = (key: string, value: string): Field =>
    message([bytes(1, key), bytes(2, message([bytes(1, value)]))]);

  it("protobuf and JSON give the same readings; histograms are passed over", () => {
    const point = (id: string, ...value: Field[]) =>
      bytes(
        1,
        message([bytes(7, attribute("hw.id", id)), fixed64(3, BigInt(NOW) * 1_000_000n), ...value]),
      );
    const metric = (...kinds: Field[]) => bytes(2, message([bytes(1, "hw.power"), ...kinds]));
    const body = message([
      bytes(
        1,
        message([
          bytes(1, message([bytes(1, attribute("host.name", "node-1"))])),
          bytes(
            2,
            message([
              metric(
                bytes(
                  5,
                  message([point("GPU-1", double(4, 250.25)), point("GPU-2", fixed64(6, 7n))]),
                ),
              ),
              metric(
                bytes(7, message([point("GPU-3", double(4, 1)), point("GPU-4", varint(8, 1))])),
              ),
              metric(bytes(9, message([point("GPU-5", double(4, 1))]))),
            ]),
          ),
        ]),
      ),
    ]);
    const one = fresh(map);
    expect(readOtlpProtobuf(body, one)).toBe(4);
    expect(one.stale).toBe(1);
    const json = (id: string, value: object) => ({
      attributes: [{ key: "hw.id", value: { stringValue: id } }],
      timeUnixNano: `${NOW}000000`,
      ...value,
    });
    const two = fresh(map);
    const request = {
      resourceMetrics: [
        {
          resource: { attributes: [{ key: "host.name", value: { stringValue: "node-1" } }] },
          scopeMetrics: [
            {
              metrics: [
                {
                  name: "hw.power",
                  gauge: {
                    dataPoints: [
                      json("GPU-1", { asDouble: 250.25 }),
                      json("GPU-2", { asInt: "7" }),
                    ],
                  },
                },
                {
                  name: "hw.power",
                  sum: {
                    dataPoints: [json("GPU-3", { asDouble: 1 }), json("GPU-4", { flags: 1 })],
                  },
                },
              ],
            },
          ],
        },
      ],
    };
    expect(readOtlpJson(JSON.stringify(request), two)).toBe(4);
    const readings = taken(one);
    expect(readings).toEqual(taken(two));
    expect(readings).toEqual([
      ["power", "gpu-1", NOW, 250_250],
      ["power", "gpu-2", NOW, 7000],
      ["power", "gpu-3", NOW, 1000],
    ]);
  });
});

describe("times of a zone whose clocks are changed", () => {
  const berlin = timeReader("Europe/Berlin");
  const at = (text: string) => Date.parse(text);

  it("an hour that clocks showed twice is ambiguous, one that they never showed too", () => {
    expect(berlin("2026-10-25 01:59:59")).toBe(at("2026-10-24T23:59:59Z"));
    expect(berlin("2026-10-25 02:30:00")).toBe("time-ambiguous");
    expect(berlin("2026-10-25 03:00:00")).toBe(at("2026-10-25T02:00:00Z"));
    expect(berlin("2026-03-29 02:30:00")).toBe("time-ambiguous");
    expect(berlin("2026-03-29 03:00:00")).toBe(at("2026-03-29T01:00:00Z"));
  });

  it("an offset in the text or for the table decides; fractions are cut to milliseconds", () => {
    expect(berlin("2026-10-25T02:30:00.1239+02:00")).toBe(at("2026-10-25T00:30:00.123Z"));
    expect(timeReader("+08:00")("2026-01-01 08:00:00")).toBe(at("2026-01-01T00:00:00Z"));
    expect(timeReader("UTC")("2023-11-16 18:17:03.9799600")).toBe(at("2023-11-16T18:17:03.979Z"));
    for (const bad of ["2026-02-30 00:00:00", "yesterday", "", "2026-01-01"]) {
      expect(timeReader("UTC")(bad)).toBe("malformed");
    }
    expect(() => timeReader("Mars/Olympus")).toThrow(/time zone/);
  });

  it("for every instant of a zone, its local text reads back as that instant, or is ambiguous", () => {
    const zone = "America/New_York";
    const read = timeReader(zone);
    const local = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * 365 * 86_400 }), (seconds) => {
        const instant = Date.parse("2026-01-01T00:00:00Z") + seconds * 1000;
        expect([instant, "time-ambiguous"]).toContain(read(local.format(instant)));
      }),
    );
  });
});

describe("tables of an operator's own", () => {
  const map = {
    delimiter: ";",
    time: { column: "time", unit: "text", zone: "UTC" },
    device: { column: "meter" },
    readings: [
      { column: "kW", quantity: "power", scale: 1_000_000 },
      { column: "kWh", quantity: "energy", scale: 3_600_000_000 },
    ],
  } as const;
  const good = ["2026-11-21 20:00:00;PDU 7;12.5;1000", "2026-11-21 20:01:00;PDU 7;12.25;1000.2"];
  const table = (...rows: string[]) => ["time;meter;kW;kWh", ...rows].join("\n");

  it("Windows line ends, a mark at the start and spaces change nothing", async () => {
    const [plain, windows] = [fresh(), fresh()];
    await readTable(table(...good), map, plain);
    await readTable(`\uFEFF${table(...good).replaceAll("\n", "\r\n")}\r\n`, map, windows);
    const readings = taken(plain);
    expect(readings).toHaveLength(4);
    expect(readings[0]).toEqual(["power", "pdu-7", Date.parse("2026-11-21T20:00:00Z"), 12_500_000]);
    expect(taken(windows)).toEqual(readings);
  });

  it("a row whose cells are shifted is set aside with its line, and the rest is kept", async () => {
    const receiver = fresh();
    await readTable(
      table(
        good[0] as string,
        "2026-11-21 20:02:00;PDU;7;12.5;1000",
        "x;PDU 7;1;1",
        "2026-11-21 20:03:00;PDU 7;;5 kWh",
        good[1] as string,
      ),
      map,
      receiver,
    );
    expect(taken(receiver)).toHaveLength(5);
    expect(receiver.quarantine.reasons).toMatchObject({
      malformed: { count: 4, first: expect.stringContaining("line 3") },
      blank: { count: 1 },
    });
  });

  it("a column that is not there, and UTF-16, are refused in words", async () => {
    await expect(readTable("time;meter\n", map, fresh())).rejects.toThrow(
      /expected a column "kW", got "time", "meter"/,
    );
    for (const encoded of [
      Buffer.from(`\uFEFF${table(...good)}`, "utf16le"),
      Buffer.from(table(...good), "utf16le"),
    ]) {
      const read = readFileInto(fresh(), "table", encoded, { atMs: NOW, map });
      await expect(read).rejects.toThrow(/got UTF-16/);
    }
  });

  it("nvidia-smi's cells carry their units, and [N/A] is no reading", async () => {
    const receiver = fresh();
    const text = [
      "timestamp, uuid, power.draw [W], utilization.gpu [%], clocks.current.sm [MHz], memory.used [MiB], temperature.gpu",
      "2026/11/21 20:00:00.123, GPU-8F, 117.30 W, 12 %, 1980 MHz, 7746 MiB, 25",
      "2026-11-21 20:00:00.123, GPU-8F, [N/A], 12 %, 1980 MHz, 7746 MiB, 25",
    ].join("\n");
    await readTable(text, KNOWN_TABLES["nvidia-smi"], receiver);
    expect(
      taken(receiver)
        .map(([quantity, , , value]) => [quantity, value])
        .slice(0, 5),
    ).toEqual([
      ["power", 117_300],
      ["utilisation", 120_000],
      ["sm-clock", 1_980_000],
      ["memory-used", 7746 * 1_048_576],
      ["temperature", 25_000],
    ]);
    expect(receiver.quarantine.reasons.blank?.count).toBe(1);
  });

  it("nvidia-smi -q -x: units stand in the text, older drivers name power otherwise, and N/A is no reading", async () => {
    const receiver = fresh();
    const [first, second] = [1, 2].map((n) => `gpu-8f3a11d2-0000-4000-8000-00000000000${n}`);
    const at = Date.parse("2026-11-21T20:00:00Z");
    expect(
      await readFileInto(receiver, "nvidia-smi-xml", sample("nvidia-smi.xml"), { atMs: 0 }),
    ).toBe(6);
    expect(taken(receiver)).toEqual([
      ["power", first, at, 117_300],
      ["utilisation", first, at, 120_000],
      ["memory-used", first, at, 7746 * 1_048_576],
      ["sm-clock", first, at, 1_980_000],
      ["temperature", first, at, 25_000],
      ["utilisation", second, at, 0],
    ]);
    expect(receiver.quarantine.reasons).toEqual({
      blank: { count: 1, first: `power of ${second}: N/A` },
    });
    const bomb = `<!DOCTYPE a [<!ENTITY b "${"x".repeat(1000)}">]><nvidia_smi_log><timestamp>&b;</timestamp></nvidia_smi_log>`;
    const read = readFileInto(fresh(), "nvidia-smi-xml", utf8(bomb), { atMs: 0 });
    await expect(read).rejects.toThrow(/got "&b;"/);
  });

  it.each(["meter-snappy.parquet", "meter-zstd.parquet"])(
    "Parquet (%s): with the map of a table, and null is no reading",
    async (name) => {
      const receiver = fresh();
      const columns = {
        time: { column: "time", unit: "text" },
        device: { column: "meter" },
        readings: [
          { column: "kw", quantity: "power", scale: 1_000_000 },
          { column: "kwh", quantity: "energy", scale: 3_600_000_000 },
        ],
      } as const;
      const pauses: number[] = [];
      const rows = await readFileInto(receiver, "parquet", sample(name), {
        atMs: 0,
        map: columns,
        pause: async () => pauses.push(receiver.length),
      });
      expect([rows, pauses.length]).toEqual([300, 3]);
      const all = taken(receiver);
      expect(all).toHaveLength(599);
      expect(all.slice(0, 3)).toEqual([
        ["power", "pdu-0", 1_795_291_200_000, 5_000_000],
        ["energy", "pdu-0", 1_795_291_200_000, 3_600_000_000_000],
        ["power", "pdu-1", 1_795_291_260_000, 5_250_000],
      ]);
      expect(receiver.quarantine.reasons).toMatchObject({ blank: { count: 1 } });
    },
  );

  it("Prometheus' own exporters: bytes of a node's interface, and only the round trip of a probe", () => {
    const map = new FeedMap();
    const found = (metric: string, labels: Record<string, string>) => {
      const one = map.find(metric, new Map(Object.entries(labels)));
      return one && [one.rule.quantity, one.device];
    };
    const interface_ = { instance: "node-1:9100", device: "eth0" };
    expect(found("node_network_transmit_bytes_total", interface_)).toEqual([
      "network-sent",
      "node-1-9100/eth0",
    ]);
    const probe = (phase: string) =>
      found("probe_icmp_duration_seconds", { instance: "192.0.2.7", phase });
    expect([probe("rtt"), probe("resolve")]).toEqual([["round-trip", "192.0.2.7"], undefined]);
  });

  it("round trips of a landmark, and what a cloud provider says was used", async () => {
    const trips = fresh();
    await readTable(
      "time,host,round_trip_ms\n2026-11-21T20:00:00Z,host-1,12.25\n",
      KNOWN_TABLES["round-trips"],
      trips,
    );
    expect(taken(trips)).toEqual([
      ["round-trip", "host-1", Date.parse("2026-11-21T20:00:00Z"), 12_250],
    ]);
    const cloud = fresh();
    const text = [
      "period_end,instance,accelerator_seconds",
      "2026-11-21T00:00:00Z,p5-1,691200",
      "2026-11-21T00:00:00Z,p5-1,8",
    ].join("\n");
    await readTable(text, KNOWN_TABLES["cloud-totals"], cloud);
    expect(taken(cloud)).toEqual([
      ["accelerator-time", "p5-1", Date.parse("2026-11-21T00:00:00Z"), 691_208_000],
    ]);
  });

  it("Redfish: the controller's power and energy under the resource's path, and null is no reading", async () => {
    const receiver = fresh();
    const resource = {
      "@odata.id": "/redfish/v1/Systems/HGX_Baseboard_0/Processors/GPU_SXM_1/EnvironmentMetrics",
      PowerWatts: { Reading: 512.5 },
      EnergykWh: { Reading: 2 },
      TemperatureCelsius: { Reading: null },
    };
    await readFileInto(receiver, "redfish", utf8(JSON.stringify(resource)), { atMs: NOW });
    expect(taken(receiver)).toEqual([
      ["power", "systems/hgx-baseboard-0/processors/gpu-sxm-1", NOW, 512_500],
      ["energy", "systems/hgx-baseboard-0/processors/gpu-sxm-1", NOW, 7_200_000_000],
    ]);
  });
});

describe("activity logs", () => {
  const record = {
    device: "node-01/gpu-0",
    start: "2026-11-21T20:00:00.000Z",
    end: "2026-11-21T20:01:00.000Z",
    workload: "pretrain-7b",
    activity: "training",
    flop: "12345678901234567890123",
    tokens: 1000,
  };

  it("a chain of hashes shows the line after which it was rewritten", () => {
    const lines = [JSON.stringify(record)];
    for (let i = 1; i < 4; i++) {
      const previous = toHex(sha256(utf8(lines.at(-1) as string)));
      lines.push(JSON.stringify({ ...record, tokens: i, previous }));
    }
    expect(readActivityLog(lines.join("\n"))).toMatchObject({ brokenAt: [], setAside: [] });
    lines[1] = (lines[1] as string).replace('"tokens":1', '"tokens":9');
    expect(readActivityLog(lines.join("\r\n")).brokenAt).toEqual([3]);
  });

  it("another system's log fits by a map of its fields", () => {
    const theirs = {
      gpu: { id: "node-01/gpu-0" },
      from: record.start,
      to: record.end,
      job: "x",
      kind: "idle",
      extra: 1,
    };
    const map = { device: "gpu.id", start: "from", end: "to", workload: "job", activity: "kind" };
    expect(readActivityLog(JSON.stringify(theirs), map).records).toEqual([
      {
        device: "node-01/gpu-0",
        start: record.start,
        end: record.end,
        workload: "x",
        activity: "idle",
      },
    ]);
  });

  it("what is no record is set aside with its line and reason", () => {
    const { records, setAside } = readActivityLog(
      [
        "{",
        JSON.stringify({ ...record, activity: "resting" }),
        JSON.stringify({ ...record, end: record.start }),
        JSON.stringify(record),
      ].join("\n"),
    );
    expect(records).toHaveLength(1);
    expect(setAside.map(({ line }) => line)).toEqual([1, 2, 3]);
  });
});

describe("declared workloads beside what was measured", () => {
  it("each window has the workload that was declared for most of it, and tells where there were two", () => {
    const at = (minute: number) => new Date(NOW + minute * 60_000).toISOString();
    const record = (device: string, workload: string, start: number, end: number) => ({
      device,
      workload,
      start: at(start),
      end: at(end),
      activity: "training" as const,
    });
    const records = [
      record("a", "second", 0, 2.5),
      record("a", "first", 2.5, 4),
      record("b", "first", 3, 9),
      record("c", "elsewhere", 0, 9),
    ];
    const period = { startMs: NOW, endMs: NOW + 300_000 };
    const found = declaredWorkloads(records, ["a", "b"], period, 60_000);
    expect(found.workloads).toEqual(["elsewhere", "first", "second"]);
    expect([...found.workload]).toEqual([3, 3, 2, 2, 0, 0, 0, 0, 2, 2]);
    expect([...found.declared]).toEqual([1, 1, 2, 1, 0, 0, 0, 0, 1, 1]);
  });
});

describe("any bytes", () => {
  const map = { time: { column: "t", unit: "ms" }, device: { name: "a" }, readings: [] } as const;
  const readsOrRefuses = async (content: Uint8Array, format: ReadingFormat) => {
    try {
      await readFileInto(fresh(), format, content, { atMs: NOW, map });
    } catch (error) {
      expect((error as Error).name).toBe("EvidenceError");
    }
  };

  it("end in readings or in a typed error, in every format", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(...READING_FORMATS),
        readsOrRefuses,
      ),
      { numRuns: scaled(800) },
    );
  });

  it("real files with a byte changed, or cut off, too", async () => {
    const samples: readonly [ReadingFormat, Uint8Array][] = [
      ["parquet", sample("meter-snappy.parquet")],
      ["parquet", sample("meter-zstd.parquet")],
      ["nvidia-smi-xml", sample("nvidia-smi.xml")],
      ["prometheus-remote-write", data("prometheus/remote_write_v1_samples_small_004.snappy")],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.nat(),
        fc.nat(255),
        fc.boolean(),
        async ([format, whole], at, byte, isCut) => {
          const bytes = Uint8Array.from(isCut ? whole.subarray(0, at % whole.length) : whole);
          if (!isCut) bytes[at % whole.length] = byte;
          await readsOrRefuses(bytes, format);
        },
      ),
      { numRuns: scaled(300) },
    );
  });
});
