import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Puts script and style into the page itself, so that one file is the whole program. */
function inOneFile(): Plugin {
  return {
    name: "in-one-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      const page = Object.values(bundle).find(({ fileName }) => fileName.endsWith(".html"));
      if (page?.type !== "asset") throw new Error("expected a page in the bundle, got none");
      let html = String(page.source);
      for (const [name, part] of Object.entries(bundle)) {
        if (part === page) continue;
        const [found, inline] =
          part.type === "chunk"
            ? [tag(html, "script", name), `<script type="module">${safe(part.code)}</script>`]
            : [tag(html, "link", name), `<style>${String(part.source)}</style>`];
        html = html.replace(found, () => inline);
        delete bundle[name];
      }
      page.source = html;
    },
  };
}

function tag(html: string, element: "script" | "link", name: string): string {
  const end = element === "script" ? "></script>" : ">";
  const found = new RegExp(`<${element}[^>]*"[^"]*${name}"[^>]*${end}`).exec(html)?.[0];
  if (found === undefined) throw new Error(`expected ${name} in the page, got it nowhere`);
  return found;
}

/** An end tag inside a string of the code would end the script. */
function safe(code: string): string {
  return code.replaceAll("</script", "<\\/script");
}

export default defineConfig({
  plugins: [react(), inOneFile()],
  publicDir: false,
  resolve: { conditions: ["source", "browser", "module", "import", "default"] },
  // A browser that opened a file from a disk starts no module from memory, but a plain script it does.
  worker: { format: "iife" },
  build: {
    target: "es2023",
    emptyOutDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: "verifier.html" },
  },
});
