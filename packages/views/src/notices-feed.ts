import type { Notice } from "./notices.ts";

/**
 * Notices as an Atom feed (RFC 4287), the newest first.
 *
 * @param name name of the record, which makes the entries' names unique
 * @param address where people read more, with a slash at its end
 * @param now instant of the newest mark; POSIX milliseconds
 */
export function atomFeed(
  notices: readonly Notice[],
  name: string,
  address: string,
  now: number,
): string {
  const time = (at: number) => new Date(at).toISOString();
  const entries = notices
    .toReversed()
    .map(({ id, at, index, title, words, kind }) =>
      [
        "  <entry>",
        `    <id>tag:${escaped(name)},2026:${escaped(id)}</id>`,
        `    <title>${escaped(title)}</title>`,
        `    <updated>${time(at)}</updated>`,
        `    <category term="${kind}"/>`,
        ...(index === null
          ? []
          : [`    <link rel="alternate" href="${escaped(address)}#statement-${index}"/>`]),
        `    <content type="text">${escaped(words)}</content>`,
        "  </entry>",
      ].join("\n"),
    );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>tag:${escaped(name)},2026:feed</id>`,
    `  <title>Standstill: ${escaped(name)}</title>`,
    `  <updated>${time(notices.at(-1)?.at ?? now)}</updated>`,
    `  <author><name>${escaped(name)}</name></author>`,
    `  <link rel="self" href="${escaped(address)}feed.atom"/>`,
    ...entries,
    "</feed>",
    "",
  ].join("\n");
}

/** Text inside of XML 1.0: signs escaped, and what XML cannot hold left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;");
}
