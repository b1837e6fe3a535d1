/** Who wrote something, as far as it is attested. What nothing attests is unknown, never human. */
export type Author = "ai" | "human" | "unknown";

/** What an attribution rests on, from the strongest down: lines noted one by one, the author, a trailer, a mark in the message. */
export type EvidenceTier = "notes" | "author" | "trailer" | "marker" | "none";

/** What a commit says of itself. */
export interface CommitIdentity {
  readonly authorName: string;
  readonly authorEmail: string;
  readonly committerName: string;
  readonly message: string;
}

/** Who wrote a commit, and what says so. */
export interface Attribution {
  readonly author: Author;
  readonly tier: EvidenceTier;
  /** Another author or co-author beside the AI is named: the lines are of both, and count as the AI's. */
  readonly isMixed: boolean;
  /** A bot that updates dependencies, releases or formats: no AI, and no human. */
  readonly isBot: boolean;
}

/** Version of the rules below; a measurement names it. */
export const RULES_VERSION = 1;

const AI_NAMES =
  /\(aider\)|^claude( code)?$| \+ claude$|claude\[bot\]|copilot-swe-agent\[bot\]|^copilot$|devin-ai-integration\[bot\]|google-labs-jules\[bot\]|^cursor agent$|^codex( agent)?$|openhands|factory-droid\[bot\]|^amp$/i;
const AI_EMAILS =
  /^(?:noreply@anthropic\.com|claude@anthropic\.com|cursoragent@cursor\.com|codex@openai\.com|openhands@all-hands\.dev|amp@ampcode\.com|opencode@opencode\.ai|noreply@opencode\.ai)$/i;
const TRAILER = /^(co-authored-by|assisted-by|generated-by)\s*:\s*(.*)$/gim;
const AI_TRAILERS =
  /noreply@anthropic\.com|claude@anthropic\.com|\bclaude\b|\+copilot@users\.noreply|copilot-swe-agent|\bcopilot\b|cursoragent@cursor\.com|devin-ai-integration|google-labs-jules|amp@ampcode\.com|codex@openai\.com|\bcodex\b|chatgpt|aider \(|@aider\.(?:chat|dev)|openhands@all-hands\.dev|factory-droid|gemini-cli|gemini-code-assist|opencode|windsurf|qwen-coder/i;
const AI_MARKERS =
  /^\W*generated (with|by) \[?(claude code|codex|cursor|aider|devin|gemini|amp|copilot)/im;
const BOTS =
  /dependabot|renovate|github-actions|greenkeeper|snyk|goreleaserbot|pre-commit-ci|semantic-release|coderabbitai|copilot-pull-request-reviewer|gemini-code-assist\[bot\]|greptile-apps/i;

/**
 * Says who wrote a commit by the identity patterns of tools: author, trailers (`Co-authored-by`, `Assisted-by`, `Generated-by`) and marks in
 * the message. Trailers are a lower bound: they can be switched off, and squashing drops them.
 *
 * @param humans addresses whose commits are attested to be human where nothing names an AI
 * @example attributionOf(commit).author // "ai"
 */
export function attributionOf(commit: CommitIdentity, humans: ReadonlySet<string>): Attribution {
  const { authorName, authorEmail, committerName, message } = commit;
  const isAiAuthor = AI_NAMES.test(authorName) || AI_EMAILS.test(authorEmail);
  const trailers = /-by\s*:/i.test(message)
    ? [...message.matchAll(TRAILER)].map(([, kind = "", value = ""]) => ({ kind, value }))
    : [];
  const named = trailers.filter(({ value }) => AI_TRAILERS.test(value));
  const others = trailers.filter(
    ({ kind, value }) => !AI_TRAILERS.test(value) && /^co-authored-by$/i.test(kind),
  );
  const isMixed = isAiAuthor ? others.length > 0 : true;
  if (isAiAuthor) return { author: "ai", tier: "author", isMixed, isBot: false };
  if (/\(aider\)$/i.test(committerName))
    return { author: "ai", tier: "author", isMixed, isBot: false };
  if (named.length > 0) return { author: "ai", tier: "trailer", isMixed, isBot: false };
  if (AI_MARKERS.test(message)) return { author: "ai", tier: "marker", isMixed, isBot: false };
  if (BOTS.test(authorName))
    return { author: "unknown", tier: "none", isMixed: false, isBot: true };
  if (humans.has(authorEmail.toLowerCase()))
    return { author: "human", tier: "author", isMixed: false, isBot: false };
  return { author: "unknown", tier: "none", isMixed: false, isBot: false };
}
