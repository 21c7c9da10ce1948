/**
 * Another implementation for tests: it answers with our own library, but for one fault planted by
 * name; needs the build, since Node 20 does not run TypeScript.
 */
import { createInterface } from "node:readline";
import { caseFormats, plain } from "../../dist/audit/index.js";

const formats = Object.values(caseFormats);

/** The right result of a question. */
function resultOf(question) {
  const format = formats.find(({ tag, names }) => names.includes(question[tag]));
  const answer = format?.result(question);
  return answer?.ok ? plain(answer.value) : { unsupported: "the question is faulty" };
}

/** What a proposal or an event tells of a threshold that was raised by one. */
const lowered = ({ query, field }, told) => {
  const { value } = told ?? {};
  const isDao = query === "proposal" || String(value?.event).startsWith("Dao.");
  if (!isDao) return told;
  if (field === "threshold") return { value: value - 1 };
  if (typeof value?.threshold !== "number") return told;
  return { value: { ...value, threshold: value.threshold - 1 } };
};

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
  /** Pays a unit too much. */
  paid: ({ kind }, result) =>
    kind === "mint" && Number(result.tft) > 0
      ? { ...result, tft: String(BigInt(result.tft) + 1n) }
      : result,
  /** Wants more votes than the threshold, where as many will do. */
  threshold: (question, result) => {
    if (question.steps === undefined || result.steps === undefined) return result;
    const raised = question.steps.map((step) =>
      step.call === "dao.propose"
        ? { ...step, args: { ...step.args, threshold: step.args.threshold + 1 } }
        : step,
    );
    const { steps } = resultOf({ ...question, steps: raised });
    return { steps: steps.map((told, place) => lowered(question.steps[place], told)) };
  },
  /** Lets a name be taken that is somebody's. */
  name: (_question, result) => ({
    ...result,
    ...(result.steps && {
      steps: result.steps.map((told) =>
        told?.error === "SmartContractModule.NameExists" ? { ok: true, pays: "Yes" } : told,
      ),
    }),
  }),
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
  const right = resultOf(question);
  const result = (FAULTS[name] ?? FAULTS.none)(question, right);
  const told = JSON.stringify({ id: question.id, result });
  const write = reached ? (MANNERS[name] ?? String) : String;
  process.stdout.write(`${write(told)}\n`);
}
