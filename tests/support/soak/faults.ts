import { there } from "@standstill/record";
import type { Program } from "../program.ts";
import type { Readers } from "./readers.ts";
import type { Soak } from "./soak.ts";

/** What runs. */
export interface Programs {
  readonly keeper: Program;
  readonly witnesses: readonly Program[];
  readonly mirror: Program;
}

/** Under which name all faults together are counted. */
export const FAULT = "all faults";

/** One fault after the other until the time is up; each is over before the next begins. */
export async function failOn(
  soak: Soak,
  { keeper, witnesses, mirror }: Programs,
  shown: () => ReturnType<Readers["checkpoint"]>,
): Promise<void> {
  const dies = async (program: Program, signal: "SIGKILL" | "SIGTERM") => {
    await program.end(signal);
    await soak.wait(soak.random.below(3000));
    await program.start();
  };
  const faults: Readonly<Record<string, () => Promise<void>>> = {
    "keeper killed": () => dies(keeper, "SIGKILL"),
    "keeper killed while it starts": async () => {
      await keeper.end("SIGKILL");
      await keeper.dieEarly(300 + soak.random.below(2500));
      await keeper.start();
    },
    "keeper stopped": () => dies(keeper, "SIGTERM"),
    "keeper frozen": () => keeper.freeze(1000 + soak.random.below(4000)),
    "witness killed": () => dies(there(witnesses[0]), "SIGKILL"),
    "mirror killed": () => dies(mirror, "SIGKILL"),
    "no quorum": async () => {
      await Promise.all(witnesses.map((one) => one.end("SIGKILL")));
      await soak.wait(1500);
      const before = await shown();
      await soak.wait(5000);
      if ((await shown()) > before)
        soak.problems.push("a checkpoint without a quorum of witnesses was shown");
      await Promise.all(witnesses.map((one) => one.start()));
    },
  };
  const names = Object.keys(faults);
  while (!soak.isOver()) {
    await soak.wait(5000 + soak.random.below(15_000));
    for (const one of [keeper, mirror, ...witnesses]) {
      const ended = one.endedByItself();
      if (ended !== undefined) soak.problems.push(ended);
    }
    const name = there(names[soak.random.below(names.length)]);
    await there(faults[name])();
    soak.count(name);
    soak.count(FAULT);
  }
}
