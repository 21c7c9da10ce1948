/**
 * Another implementation for tests: it answers with our own library, but for one fault planted by
 * name; needs the build, since Node 20 does not run TypeScript.
 */
import { createInterface } from "node:readline";
import { billingResult, mintingResult, plain } from "../../dist/audit/index.js";

const results = { fn: billingResult, kind: mintingResult };

/** What is wrong with this implementation, by name; each gets the question and the right result. */
const FAULTS = {
  none: (_question, result) => result,
  /** Rounds amounts of more than a thousand units up by one. */
  amount: ({ fn, input }, result) =>
    fn === "to_tft" && Number(input.units) > 1000 && result.amount !== undefined
      ? { ...result, amount: result.amount + 1 }
      : result,
  /** Begins a grace period one block late. */
  grace: ({ fn }, result) =>
    fn !== "scenario" || result.bills === undefined
      ? result
      : {
          ...result,
          bills: result.bills.map((bill) => ({
            ...bill,
            state: bill.state?.replace(/GracePeriod\((\d+)\)/, (_, n) => `GracePeriod(${+n + 1})`),
          })),
        },
  /** Allows for a minute and a second where a minute is allowed. */
  uptime: ({ kind }, result) =>
    kind === "uptime" && result.violation === "UptimeTooHigh"
      ? { ...result, violation: null }
      : result,
  unsupported: () => ({ unsupported: "not built yet" }),
};

/** What is wrong with its manners. */
const MANNERS = {
  garbage: (line) => `well, ${line}`,
  stranger: (line) => JSON.stringify({ ...JSON.parse(line), id: "another" }),
  nameless: () => "{}",
};

const [name = "none", after = "0"] = process.argv.slice(2);
let asked = 0;
for await (const line of createInterface({ input: process.stdin })) {
  asked += 1;
  const question = JSON.parse(line);
  const reached = asked > Number(after);
  if (reached && name === "dies") process.exit(3);
  if (reached && name === "hangs") continue;
  const answer = results[question.fn === undefined ? "kind" : "fn"](question);
  const right = answer.ok ? plain(answer.value) : { unsupported: "the question is faulty" };
  const result = (FAULTS[name] ?? FAULTS.none)(question, right);
  const told = JSON.stringify({ id: question.id, result });
  const write = reached ? (MANNERS[name] ?? String) : String;
  process.stdout.write(`${write(told)}\n`);
}
