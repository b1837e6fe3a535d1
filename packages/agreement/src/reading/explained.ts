import { type Condition, ruleOf } from "../conditions/condition.ts";
import type { Reading, Scales } from "../conditions/rule.ts";
import { partsOf } from "../conditions/walk.ts";
import type { Mode } from "../terms/mode.ts";
import { type Circumstances, Met } from "./met.ts";

/** A condition with what is met and what is missing, part by part. */
export interface ExplainedCondition {
  readonly met: boolean;
  readonly condition: Condition;
  readonly parts: readonly ExplainedCondition[];
}

/** Explains a condition under given circumstances, part by part. */
export function explainCondition(condition: Condition, given: Circumstances): ExplainedCondition {
  return new Explained(given).explain(condition);
}

interface Told {
  readonly met: boolean;
  /** What is inside, where the reading has looked at it. */
  readonly parts?: readonly ExplainedCondition[];
}

/** Conditions read as yes or no, and why. */
class Explained implements Reading<Told, Condition> {
  readonly world: Circumstances;
  readonly #plain: Met;

  constructor(given: Circumstances) {
    this.world = given;
    this.#plain = new Met(given);
  }

  explain(condition: Condition): ExplainedCondition {
    const { isShared, read } = ruleOf(condition);
    const { met, parts }: Told = isShared
      ? { met: this.#plain.part(condition) }
      : read(condition, this);
    return {
      met,
      condition,
      parts: parts ?? partsOf(condition).map((inner) => this.explain(inner.condition)),
    };
  }

  fact(met: boolean): Told {
    return { met };
  }

  bound(party: string, mode: Mode): Told {
    return { met: this.#plain.bound(party, mode) };
  }

  weighed(scales: Scales): Told {
    return { met: this.#plain.weighed(scales) };
  }

  atLeast(number: number, of: readonly Condition[]): Told {
    const parts = of.map((part) => this.explain(part));
    return { met: parts.filter(({ met }) => met).length >= number, parts };
  }

  not(condition: Condition): Told {
    const part = this.explain(condition);
    return { met: !part.met, parts: [part] };
  }

  part(condition: Condition): Told {
    const part = this.explain(condition);
    return { met: part.met, parts: [part] };
  }
}
