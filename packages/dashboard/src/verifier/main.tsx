import "../no-code-from-strings.ts";
import "../styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Verifier } from "./verifier.tsx";

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Verifier />
  </StrictMode>,
);
