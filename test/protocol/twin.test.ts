import { describe, expect, it } from "vitest";
import { Stage } from "./stage.ts";

describe("a twin", () => {
  it("needs accepted terms, is one an account, and counts from 1", () => {
    const stage = new Stage();
    expect(stage.act("a", "tfgrid.create_twin", { relay: "." })).toBe(
      "TfgridModule.UserDidNotSignTermsAndConditions",
    );
    stage.act("a", "tfgrid.user_accept_tc", { document_link: "l", document_hash: "h" });
    expect(stage.act("a", "tfgrid.create_twin", { relay: "." })).toBe(
      "TfgridModule.InvalidRelayAddress",
    );
    expect(stage.act("a", "tfgrid.create_twin")).toBe("Yes");
    expect(stage.act("a", "tfgrid.create_twin", { relay: "." })).toBe(
      "TfgridModule.TwinWithPubkeyExists",
    );
    expect(stage.act("b", "tfgrid.update_twin")).toBe("TfgridModule.TwinNotExists");
    expect([...stage.state.twins.byId.keys()]).toEqual([1]);
  });

  it.each([
    ["", "h", "DocumentLinkInputTooShort"],
    ["l".repeat(2049), "h", "DocumentLinkInputTooLong"],
    ["a b", "h", "InvalidDocumentLinkInput"],
    ["https://a.b/c?d=e&f#g", "", "DocumentHashInputTooShort"],
    ["l", "h".repeat(51), "DocumentHashInputTooLong"],
    ["l", "h.", "InvalidDocumentHashInput"],
  ])("does not accept terms of link '%.9s' and hash '%.9s': %s", (link, hash, error) => {
    const terms = { document_link: link, document_hash: hash };
    expect(new Stage().act("a", "tfgrid.user_accept_tc", terms)).toBe(`TfgridModule.${error}`);
  });

  it("may be bonded by any other account, the last of which counts", () => {
    const stage = new Stage();
    stage.twin("a");
    expect(stage.act("b", "tfgrid.bond_twin_account", { twin_id: 2 })).toBe(
      "TfgridModule.TwinNotExists",
    );
    expect(stage.act("a", "tfgrid.bond_twin_account", { twin_id: 1 })).toBe(
      "TfgridModule.TwinCannotBoundToItself",
    );
    stage.act("b", "tfgrid.bond_twin_account", { twin_id: 1 });
    stage.act("c", "tfgrid.bond_twin_account", { twin_id: 1 });
    expect([...stage.state.twins.byId.values()][0].stash).toBe("c");
  });
});

describe("what is kept and announced of a twin", () => {
  const KEY = `0x${"02".repeat(33)}`;
  const terms = { document_link: "l", document_hash: "h" };

  it("is every acceptance of terms with its instant, and the twin as it is stored", () => {
    const stage = new Stage();
    stage.act("a", "tfgrid.user_accept_tc", terms);
    stage.seconds += 60;
    stage.act("a", "tfgrid.user_accept_tc", { ...terms, document_link: "m" });
    expect(stage.state.twins.terms.get("a")).toEqual([
      { link: "l", hash: "h", at: 1_000 },
      { link: "m", hash: "h", at: 1_060 },
    ]);
    const twin = { id: 1, account: "a", relay: null, pk: null, stash: null, entities: [] };
    expect(stage.told("a", "tfgrid.create_twin")).toEqual([
      "Yes",
      { event: "TfgridModule.TwinStored", twin },
    ]);
    const reach = { relay: "relay.grid.tf", pk: KEY };
    const [word, event] = stage.told("a", "tfgrid.update_twin", reach);
    const after = { ...twin, relay: "relay.grid.tf", pk: KEY };
    expect([word, event]).toEqual(["Yes", { event: "TfgridModule.TwinUpdated", twin: after }]);
    expect([...stage.state.twins.byId.values()]).toEqual([after]);
  });

  it("is reached by a relay that is one, or by none", () => {
    const stage = new Stage();
    stage.twin("a");
    const before = stage.state;
    expect(stage.act("a", "tfgrid.update_twin", { relay: ".x" })).toBe(
      "TfgridModule.InvalidRelayAddress",
    );
    expect(stage.state).toBe(before);
    expect(stage.act("a", "tfgrid.update_twin", { relay: "relay.grid.tf" })).toBe("Yes");
    expect(stage.act("a", "tfgrid.update_twin", {})).toBe("Yes");
    expect([...stage.state.twins.byId.values()][0]).toMatchObject({ relay: null, pk: null });
  });
});
