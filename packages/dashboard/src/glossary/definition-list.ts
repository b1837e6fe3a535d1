/**
 * The glossary as HTML: each `##` a section, each `###` a term with an anchor of its own, the lines below it what it means. Code between
 * backticks, emphasis between stars and links are the only marks; the text is the project's own.
 *
 * @example definitionList("## Record\n\n### Mark\nA statement of the time.")
 */
export function definitionList(markdown: string): string {
  const [head = "", ...sections] = markdown.split(/^## /m);
  const title = /^# (.*)$/m.exec(head)?.[1] ?? "";
  const lead = head.replace(/^# .*$/m, "").trim();
  return [`<h1>${inline(title)}</h1>`, `<p>${inline(lead)}</p>`, ...sections.map(section)].join(
    "\n",
  );
}

function section(text: string): string {
  const [title = "", ...terms] = text.split(/^### /m);
  return `<section>\n<h2>${inline(title.trim())}</h2>\n<dl>\n${terms.map(definition).join("\n")}\n</dl>\n</section>`;
}

function definition(text: string): string {
  const [term = "", ...lines] = text.trim().split("\n");
  return `<dt id="${anchorOf(term)}">${inline(term)}</dt>\n<dd>${inline(lines.join(" ").trim())}</dd>`;
}

/** Where a term of the glossary stands on its page. */
export function anchorOf(term: string): string {
  return term.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function inline(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/`([^`]+)`/g, "<code>$1</code>")
    .replaceAll(/\*([^*]+)\*/g, "<em>$1</em>");
}
