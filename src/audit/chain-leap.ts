/**
 * Leaps: smaller scenarios that no single step leads to, since what is made is numbered in order.
 *
 * Without its first farm a scenario names the second by a number that is none; so the step goes,
 * and later numbers of that sort go down by one, at once. A vote goes together with a vote less
 * in the threshold.
 */
import { type Fields, isFields, type Json } from "./spot.ts";

/** Calls that make something, and the argument by which later calls name it. */
const NUMBERED: Readonly<Record<string, string>> = {
  "tfgrid.create_farm": "farm_id",
  "tfgrid.create_node": "node_id",
  "dao.propose": "proposal_index",
  "bridge.swap_to_stellar": "transaction_id",
  "tfgrid.create_entity": "entity_id",
  "contracts.create_node_contract": "contract_id",
  "contracts.create_rent_contract": "contract_id",
  "contracts.create_name_contract": "contract_id",
  "contracts.create_solution_provider": "solution_provider_id",
  "contracts.service_contract_create": "service_contract_id",
  "council.propose": "index",
};

/** Calls that something waits for, and the argument that counts them, wherever it stands. */
const AWAITED: Readonly<Record<string, string>> = { "dao.vote": "threshold" };

function lowered(step: Json, name: string): Json {
  const args = isFields(step) ? step["args"] : undefined;
  if (!isFields(step) || !isFields(args)) return step;
  const number = args[name];
  const isAbove = typeof number === "number" && number > 0;
  return isAbove ? { ...step, args: { ...args, [name]: number - 1 } } : step;
}

/** The scenarios without one step, numbers that count such steps lowered. */
export function chainLeaps({ steps, ...rest }: Fields): readonly Fields[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: Json, place): readonly Fields[] => {
    const call = isFields(step) ? String(step["call"]) : "";
    const [before, after] = [steps.slice(0, place), steps.slice(place + 1)];
    const low = (name: string) => (each: Json) => lowered(each, name);
    if (Object.hasOwn(NUMBERED, call)) {
      return [{ ...rest, steps: [...before, ...after.map(low(NUMBERED[call]))] }];
    }
    if (!Object.hasOwn(AWAITED, call)) return [];
    return [{ ...rest, steps: [...before, ...after].map(low(AWAITED[call])) }];
  });
}
