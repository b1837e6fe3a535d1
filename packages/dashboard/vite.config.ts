import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { definitionList } from "./src/glossary/definition-list.ts";

/** Puts the manual's glossary into its page, which needs no script. */
function glossary(): Plugin {
  const path = new URL("../../docs/glossary.md", import.meta.url);
  return {
    name: "glossary",
    transformIndexHtml: (html) =>
      html.replace("<!-- docs/glossary.md -->", () => definitionList(readFileSync(path, "utf8"))),
  };
}

export default defineConfig({
  plugins: [react(), glossary()],
  resolve: { conditions: ["source", "browser", "module", "import", "default"] },
  worker: { format: "es" },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rollupOptions: { input: ["index.html", "glossary.html"] },
  },
});
