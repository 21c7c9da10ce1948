/** Re-enacts the pallet's own tests of solution providers. */
import { describe, expect, it } from "vitest";
import {
  approveProvider,
  attachProvider,
  contractId,
  createNodeContract,
  createProvider,
  providerId,
} from "../../src/protocol/index.ts";
import { grid, NODE, terms, time, value, word } from "./grid.ts";

const at = { ...time(1), rules: terms().billing.rules };
const start = () => grid({ alice: 10n ** 12n, bob: 10n ** 9n, provider: 1_000n });
const propose = (...takes: readonly bigint[]) =>
  createProvider(
    start(),
    takes.map((take) => ({ account: "provider", take })),
  );
const PROVIDER = providerId(1);
const approved = () => value(approveProvider(value(propose(10n)).state, PROVIDER, true));
const deploy = (state: ReturnType<typeof start>, provider: number | null) =>
  createNodeContract(
    state,
    {
      account: "bob",
      node: NODE,
      hash: "h",
      ips: 0,
      provider: provider === null ? null : providerId(provider),
    },
    at,
  );

describe("a solution provider", () => {
  it.each([
    // test_create_solution_provider_works
    [[10n], "ok"],
    [[25n, 25n], "ok"],
    // test_create_solution_provider_fails_if_take_to_high
    [[51n], "InvalidProviderConfiguration"],
    [[30n, 21n], "InvalidProviderConfiguration"],
    // The sum is kept in 8 bits, so 256 is nothing.
    [[200n, 56n], "ok"],
  ])("that takes %s %% is proposed: %s", (takes, answer) => {
    expect(word(propose(...takes))).toBe(answer);
  });

  it("keeps its shares, and waits for approval under the next number", () => {
    const first = value(propose(10n, 20n));
    const shares = [
      { account: "provider", take: 10n },
      { account: "provider", take: 20n },
    ];
    expect(first.state.providers.get(PROVIDER)).toEqual({ approved: false, shares });
    const second = value(createProvider(first.state, []));
    expect([first.id, second.id]).toEqual([1, 2]);
    const both = value(approveProvider(second.state, PROVIDER, true)).providers;
    expect([...both.values()]).toEqual([
      { approved: true, shares },
      { approved: false, shares: [] },
    ]);
  });

  // test_create_node_contract_with_solution_provider_works
  // test_create_node_contract_with_solution_provider_fails_if_not_approved
  it("is named in a contract only once approved", () => {
    const proposed = value(propose(10n)).state;
    expect(word(deploy(proposed, 1))).toBe("SolutionProviderNotApproved");
    expect(word(deploy(proposed, 2))).toBe("NoSuchSolutionProvider");
    expect(word(deploy(approved(), 1))).toBe("ok");
  });

  it("can lose its approval again", () => {
    const revoked = value(approveProvider(approved(), PROVIDER, false));
    expect(word(deploy(revoked, 1))).toBe("SolutionProviderNotApproved");
    expect(word(approveProvider(start(), PROVIDER, true))).toBe("NoSuchSolutionProvider");
  });

  it.each([
    // test_attach_solution_provider_id
    ["bob", 1, "ok"],
    // test_attach_solution_provider_id_wrong_origin_fails
    ["alice", 1, "UnauthorizedToChangeSolutionProviderId"],
    ["bob", 2, "ContractNotExists"],
    ["nobody", 2, "ContractNotExists"],
    ["nobody", 1, "TwinNotExists"],
  ])("is attached by %s to contract %s: %s", (account, contract, answer) => {
    const state = value(deploy(approved(), null)).state;
    const call = { account, contract: contractId(contract), provider: PROVIDER };
    expect(word(attachProvider(state, call))).toBe(answer);
  });

  it("is attached to no contract whose twin is gone", () => {
    const state = { ...value(deploy(approved(), null)).state, twins: new Map() };
    const call = { account: "bob", contract: contractId(1), provider: PROVIDER };
    expect(word(attachProvider(state, call))).toBe("TwinNotExists");
  });

  // test_attach_solution_provider_id_not_approved_fails
  it("is attached only once approved, and once only", () => {
    const call = { account: "bob", contract: contractId(1), provider: PROVIDER };
    const proposed = value(deploy(value(propose(10n)).state, null)).state;
    expect(word(attachProvider(proposed, call))).toBe("SolutionProviderNotApproved");
    const attached = value(attachProvider(value(deploy(approved(), null)).state, call));
    expect(word(attachProvider(attached, call))).toBe("UnauthorizedToChangeSolutionProviderId");
  });
});
