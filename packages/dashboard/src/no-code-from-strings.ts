import { config } from "zod";

// The page's content security policy forbids code made from strings, which zod would otherwise try for speed. This has to
// run before any schema is made, so it is imported first.
config({ jitless: true });
