/** The arrows of the house: docs/architecture.md says why they point this way. */
const above = {
  record: [
    "agreement",
    "evidence",
    "verification",
    "indicators",
    "adjudication",
    "gate",
    "replay",
    "simulation",
    "server",
    "dashboard",
    "cli",
  ],
  agreement: [
    "evidence",
    "verification",
    "indicators",
    "adjudication",
    "gate",
    "replay",
    "simulation",
    "server",
    "dashboard",
    "cli",
  ],
  evidence: [
    "agreement",
    "verification",
    "indicators",
    "adjudication",
    "gate",
    "replay",
    "simulation",
    "server",
    "dashboard",
    "cli",
  ],
  verification: [
    "indicators",
    "adjudication",
    "gate",
    "replay",
    "simulation",
    "server",
    "dashboard",
    "cli",
  ],
  gate: ["replay", "simulation", "server", "dashboard", "cli"],
  replay: ["simulation", "server", "dashboard", "cli"],
  simulation: ["server", "dashboard", "cli"],
  server: ["dashboard", "cli"],
  dashboard: ["server", "cli", "simulation"],
};
const names = (packages) => `^packages/(?:${packages.join("|")})/`;

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolved",
      severity: "error",
      from: { path: "^packages/[^/]+/src" },
      to: { couldNotResolve: true, pathNot: "^#primitives$|\\.css$" },
    },
    ...Object.entries(above).map(([noun, higher]) => ({
      name: `${noun}-looks-only-down`,
      severity: "error",
      from: { path: `^packages/${noun}/src` },
      to: { path: names(higher) },
    })),
    {
      name: "pure-packages-do-no-io",
      comment: "Agreement, verification, gate and replay read no files, no clock and no network.",
      severity: "error",
      from: { path: "^packages/(?:agreement|verification|gate|replay)/src" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "entry-of-a-package-does-no-io",
      comment: "What the browser loads: files and stores have entries of their own.",
      severity: "error",
      from: {
        path: "^packages/(?:record|evidence)/src",
        pathNot:
          "/src/(?:files|store/(?!source|log-reader|http-source)[^/]+|bundle/[^/]+|primitives/node(?:-verify-pool)?)(?:\\.ts)?",
      },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // The swc parser reads no TSX: components are kept in their place by knip, which refuses packages not listed.
    exclude: { path: "/(?:dist|dist-types|test)/|\\.tsx$" },
    tsConfig: { fileName: "tsconfig.base.json" },
    tsPreCompilationDeps: true,
    parser: "swc",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "default"],
      extensions: [".ts", ".tsx", ".js"],
    },
  },
};
