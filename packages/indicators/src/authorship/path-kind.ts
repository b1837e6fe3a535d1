const GENERATED = [
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|go\.sum|poetry\.lock|uv\.lock|Pipfile\.lock|Gemfile\.lock|composer\.lock|flake\.lock)$/,
  /\.(?:min\.(?:js|css)|map|pb\.go|pb\.cc|pb\.h|g\.dart|designer\.cs|snap)$/,
  /_pb2(?:_grpc)?\.pyi?$|\.generated\.[a-z]+$|(?:^|\/)(?:__generated__|generated|__snapshots__)\//,
];
const VENDORED =
  /(?:^|\/)(?:node_modules|vendor|vendored|third_party|third-party|bower_components|Godeps)\//;

/** Whether nobody typed a file: tools make it, or it was taken over from elsewhere. Told by its path. */
export function isGenerated(path: string): boolean {
  return VENDORED.test(path) || GENERATED.some((pattern) => pattern.test(path));
}
