import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { loadScenario, writeFault } from "../../src/scenario/index.ts";

const folder = "test/scenario/faulty";
const metrics = ["node.availability", "mint.tft"];

/** What a user reads when a faulty scenario is loaded, one section a file. */
function messages(): string {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const sections = names.sort().map((name) => {
    const loaded = loadScenario(`${folder}/${name}`, { metrics });
    const text = loaded.ok ? "no fault" : loaded.faults.map(writeFault).join("\n");
    return `# ${name}\n${text}\n`;
  });
  return sections.join("\n");
}

// The messages are in a file of their own, because people should read them at one glance.
it("tells of every fault its place, what was expected, and what was found", async () => {
  await expect(messages()).toMatchFileSnapshot("faulty/messages.txt");
});

it("names a file that is not there, and refuses a folder", () => {
  const absent = loadScenario("test/scenario/absent.yaml");
  const directory = loadScenario(folder);
  const written = [absent, directory].map((each) => (each.ok ? "" : each.faults.map(writeFault)));
  expect(written.flat()).toEqual([
    "test/scenario/absent.yaml: expected a file that can be read, found no such file",
    `${folder}: expected a file that can be read, found a folder`,
  ]);
});

it("refuses a wrong setting on the command line without a line or column", () => {
  const loaded = loadScenario("scenarios/baseline.yaml", {
    set: ["churn.growht=2", "churn.growth", "model=walk", "churn.departure=120 %", "run.days=-1"],
    run: { replications: "0" },
  });
  expect(loaded.ok ? [] : loaded.faults.map(writeFault)).toEqual([
    "--replications: run.replications: expected a whole number from 1 to 1000000, found `0`",
    "--set: expected the key of a parameter, found `churn.growht` (did you mean `churn.growth`?)",
    "--set: expected `KEY=VALUE`, found `churn.growth`",
    "--set: expected one parameter (`assumptions.failure.model` or `assumptions.outage.model` or " +
      "`assumptions.price.model`), found `model`",
    "--set: assumptions.churn.departure: expected a share from 0 % to 100 %, found `120 %`",
    "--set: run.days: expected a number from 0.01 to 36525, found `-1`",
  ]);
});
