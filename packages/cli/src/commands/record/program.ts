import type { Command } from "commander";
import { count, examples, type Finish, instant, port, seconds, several } from "../../arguments.ts";
import type { Terminal } from "../../output.ts";
import { checkCommand } from "./check.ts";
import { findCommand } from "./find.ts";
import { keyGenerateCommand, keyShowCommand } from "./key.ts";
import { proveCommand } from "./prove.ts";
import { watchCommand } from "./watch.ts";

/** The commands that speak of the record itself: who witnesses it, who copies it, what it holds, what it proves. */
export function addRecordCommands(program: Command, terminal: Terminal, finish: Finish): void {
  const command = (name: string, parent = program) =>
    parent.command(name).option("--json", "print the whole answer as JSON", false);

  command("witness")
    .description("Cosign the growth of logs, and keep what convicts one that forks")
    .requiredOption("--name <name>", "the witness's name, as witness.example/one")
    .requiredOption("--key <file>", "its signing key (standstill key generate)")
    .requiredOption("--log <vkey>", "a log to witness; may be given again", several, [])
    .option("--data <dir>", "where it remembers what it saw", ".standstill-witness")
    .option("--port <number>", "port on 127.0.0.1", port, 7879)
    .option("--follow <url>", "look at this record unasked; may be given again", several, [])
    .option("--every <seconds>", "how often to look", seconds, 10)
    .option("--once", "look once and exit", false)
    .addHelpText(
      "after",
      examples(
        "standstill witness --name witness.example/one --key one.pem --log log.example/x+1a2b3c4d+AbCd",
        "standstill witness --name witness.example/one --key one.pem --log <vkey> --follow http://127.0.0.1:7878/record --once",
      ),
    )
    .action((options) =>
      finish(
        import("./witness.ts").then(({ witnessCommand }) => witnessCommand(options, terminal)),
      ),
    );

  command("mirror")
    .description("Keep a verified copy of a record, show it, compare it with what others see")
    .argument("<dir|url>", "the record to follow")
    .requiredOption("--policy <file>", "log key and witnesses to trust (c2sp.org/tlog-policy)")
    .option("--data <dir>", "where the copy lies", ".standstill-mirror")
    .option("--port <number>", "port on 127.0.0.1", port, 7880)
    .option("--every <seconds>", "how often to look", seconds, 10)
    .option(
      "--compare <url>",
      "another place that shows the record; may be given again",
      several,
      [],
    )
    .option("--once", "copy once, print what was new, and exit", false)
    .addHelpText(
      "after",
      examples(
        "standstill mirror http://127.0.0.1:7878 --policy policy",
        "standstill mirror http://127.0.0.1:7878 --policy policy --compare http://127.0.0.1:7881 --once --json",
      ),
    )
    .action((target: string, options) =>
      finish(
        import("./mirror.ts").then(({ mirrorCommand }) => mirrorCommand(target, options, terminal)),
      ),
    );

  command("find")
    .description("Find statements by id, issuer, number, type, party or time")
    .argument("<dir|url>", "the record; it is verified first")
    .option("--id <sha256>", "the statement's id")
    .option("--issuer <name>", "who issued it")
    .option("--sequence <number>", "its number among the issuer's statements", count)
    .option("--type <type>", "as run/declare")
    .option("--party <name>", "issued by this party or about it")
    .option("--after <time>", "made after this, for all that the marks tell", instant)
    .option("--before <time>", "made before this, for all that the marks tell", instant)
    .option("--limit <number>", "how many at most", count, 1000)
    .addHelpText(
      "after",
      examples(
        "standstill find .standstill --party dune",
        "standstill find http://127.0.0.1:7878 --type verdict/publish --json",
      ),
    )
    .action((target: string, options) => finish(findCommand(target, options, terminal)));

  command("prove")
    .description("Write an entry and the proof that it is in the record, to be checked offline")
    .argument("<dir|url>", "the record")
    .argument("<entry>", "the entry's number", count)
    .requiredOption("--policy <file>", "log key and witnesses to trust (c2sp.org/tlog-policy)")
    .option("--out <path>", "beginning of the files' names; entry-<number> if not given")
    .addHelpText("after", examples("standstill prove .standstill 7 --policy .standstill/policy"))
    .action((target: string, index: number, options) =>
      finish(proveCommand(target, index, options, terminal)),
    );

  command("check")
    .description("Check a proof, or evidence that a log signed two histories, offline")
    .argument("<file>", "a .tlog-proof, or the evidence that a mirror or witness kept")
    .requiredOption("--policy <file>", "log key and witnesses to trust (c2sp.org/tlog-policy)")
    .option("--entry <file>", "the entry that a proof is about")
    .addHelpText(
      "after",
      examples(
        "standstill check entry-7.tlog-proof --entry entry-7.json --policy policy",
        "standstill check split-view-0123456789abcdef.json --policy policy --json",
      ),
    )
    .action((file: string, options) => finish(checkCommand(file, options, terminal)));

  command("watch")
    .description("Print new statements as they appear, each verified")
    .argument("<dir|url>", "the record")
    .option("--policy <file>", "log key and witnesses to trust (c2sp.org/tlog-policy)")
    .option("--issuer <name>", "only those that it issued")
    .option("--type <type>", "only of this type, as run/declare")
    .option("--party <name>", "only those by this party or about it")
    .option("--resume <file>", "remember there what was seen, and go on from it")
    .option("--every <seconds>", "how often to look", seconds, 10)
    .option("--once", "print what is new and exit", false)
    .addHelpText(
      "after",
      examples(
        "standstill watch http://127.0.0.1:7878 --issuer aster",
        "standstill watch http://127.0.0.1:7878 --resume seen.json --once --json",
      ),
    )
    .action((target: string, options) => finish(watchCommand(target, options, terminal)));

  const key = program
    .command("key")
    .description("Make signing keys, and show what may be told of them");
  command("generate", key)
    .description(
      "Make a key and store it encrypted; STANDSTILL_PASSPHRASE or the terminal gives the passphrase",
    )
    .argument("<name>", "whose key it is, as witness.example/one")
    .requiredOption("--out <file>", "where to store it; never over a file that is there")
    .addHelpText("after", examples("standstill key generate witness.example/one --out one.pem"))
    .action((name: string, options) => finish(keyGenerateCommand(name, options, terminal)));
  command("join", key)
    .description(
      "Make a log's key together with other holders, so that no machine ever has it whole",
    )
    .argument("<name>", "who you are among the holders")
    .requiredOption("--holders <names>", "all holders, you among them, as aster,borealis,cedar")
    .requiredOption("--needed <number>", "how many must sign together", count)
    .requiredOption("--folder <dir>", "a folder that all holders read and write, empty at first")
    .requiredOption("--share <file>", "where to store your share, encrypted")
    .requiredOption("--public <file>", "where to store what all know of the key")
    .option("--trust-folder", "do not ask to compare: only holders write to the folder", false)
    .addHelpText(
      "after",
      examples(
        "standstill key join aster --holders aster,borealis,cedar,dune,ember --needed 3 --folder shared --share aster.share --public joint.json",
        "STANDSTILL_PASSPHRASE=... standstill key join dune --holders dune,ember --needed 2 --folder shared --share dune.share --public joint.json --trust-folder",
      ),
    )
    .action((name: string, options) =>
      finish(
        import("./joint.ts").then(({ keyJoinCommand }) => keyJoinCommand(name, options, terminal)),
      ),
    );
  command("hold", key)
    .description("Sign growth of a log with a share of its key, as the keeper asks")
    .argument("<share>", "the file with the share")
    .requiredOption("--public <file>", "what all know of the key")
    .requiredOption("--log <name>", "the log's name, as log.example/one")
    .requiredOption("--keeper <hex>", "the keeper's public key: only it may ask")
    .option("--data <dir>", "where it remembers what it signed last", ".standstill-holder")
    .option("--port <number>", "port on 127.0.0.1", port, 7881)
    .addHelpText(
      "after",
      examples(
        "standstill key hold aster.share --public joint.json --log log.example/one --keeper 3b6a27bc...",
        "standstill key hold aster.share --public joint.json --log log.example/one --keeper 3b6a27bc... --port 0 --json",
      ),
    )
    .action((file: string, options) =>
      finish(
        import("./joint.ts").then(({ keyHoldCommand }) => keyHoldCommand(file, options, terminal)),
      ),
    );
  command("show", key)
    .description("Fingerprint, public key and verifier keys of a key file or a vkey")
    .argument("<file|vkey>")
    .option("--name <name>", "whose key it is, for a file", "unnamed")
    .addHelpText("after", examples("standstill key show one.pem --name witness.example/one"))
    .action((target: string, options) => finish(keyShowCommand(target, options, terminal)));
}
