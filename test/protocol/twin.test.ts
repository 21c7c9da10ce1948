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
