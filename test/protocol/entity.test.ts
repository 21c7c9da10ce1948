import { describe, expect, it } from "vitest";
import { Stage } from "./stage.ts";

const SIGNATURE = "ab".repeat(64);
const OTHER = "cd".repeat(64);
const alice = { target: "alice", name: "Alice", country: "Belgium", city: "Ghent" };

function withAlice(): Stage {
  const stage = new Stage();
  stage.act("anybody", "tfgrid.create_entity", { ...alice, signature: SIGNATURE });
  stage.twin("bob");
  return stage;
}

const REFUSED = `
  what                                      error
  {"name":"Bea"}                            EntityWithPubkeyExists
  {"target":"bea"}                          EntityWithNameExists
  {"target":"bea","signature":"ab"}         EntityWithNameExists
`;

describe("an entity", () => {
  it("is brought by anybody whose account it is not, if the account signed", () => {
    const stage = new Stage();
    const create = { ...alice, signature: SIGNATURE };
    expect(stage.act("x", "tfgrid.create_entity", { ...create, verified: false })).toBe(
      "TfgridModule.EntitySignatureDoesNotMatch",
    );
    expect(stage.act("x", "tfgrid.create_entity", { ...create, signature: "ab" })).toBe(
      "TfgridModule.SignatureLengthIsIncorrect",
    );
    expect(stage.act("x", "tfgrid.create_entity", { ...create, signature: "x".repeat(128) })).toBe(
      "TfgridModule.Panicked",
    );
    expect(stage.act("x", "tfgrid.create_entity", { ...create, country: "B", city: "" })).toBe(
      "TfgridModule.CountryNameTooShort",
    );
    expect(stage.act("x", "tfgrid.create_entity", { ...create, city: "" })).toBe(
      "TfgridModule.CityNameTooShort",
    );
    expect(stage.act("x", "tfgrid.create_entity", create)).toBe("Yes");
    expect(stage.state.entities.byId.size).toBe(1);
    expect([...stage.state.entities.byAccount]).toEqual([["alice", 1]]);
  });

  it.each(
    REFUSED.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s{2,}/)),
  )("with %s beside one that exists is refused: %s", (what = "{}", error = "") => {
    const call = { ...alice, signature: SIGNATURE, ...JSON.parse(what) };
    expect(withAlice().act("x", "tfgrid.create_entity", call)).toBe(`TfgridModule.${error}`);
  });

  it("cannot be changed and keep its name", () => {
    const stage = withAlice();
    const { name, country } = alice;
    expect(stage.act("alice", "tfgrid.update_entity", { name, country, city: "Gent" })).toBe(
      "TfgridModule.EntityWithNameExists",
    );
    expect(stage.act("bob", "tfgrid.update_entity", { name: "Al", country, city: "Gent" })).toBe(
      "TfgridModule.EntityNotExists",
    );
    const moved = { name: "Al", country, city: "Gent" };
    expect(stage.act("alice", "tfgrid.update_entity", moved)).toBe("Yes");
    expect([...stage.state.entities.byName]).toEqual([["Al", 1]]);
  });

  it("is changed only to a place that has a country and a city", () => {
    const stage = withAlice();
    const before = stage.state;
    const move = (change: object) =>
      stage.act("alice", "tfgrid.update_entity", {
        ...{ name: "Al", country: "Belgium", city: "Ghent" },
        ...change,
      });
    expect(move({ country: "B" })).toBe("TfgridModule.CountryNameTooShort");
    expect(move({ city: "" })).toBe("TfgridModule.CityNameTooShort");
    expect(stage.state).toBe(before);
  });

  it("is announced with all that it is, and deleted under its number", () => {
    const stage = new Stage();
    const stored = { id: 1, name: "Alice", country: "Belgium", city: "Ghent", account: "alice" };
    const create = { ...alice, signature: SIGNATURE };
    expect(stage.told("x", "tfgrid.create_entity", create)).toEqual([
      "Yes",
      { event: "TfgridModule.EntityStored", entity: stored },
    ]);
    const moved = { name: "Al", country: "Egypt", city: "Cairo" };
    expect(stage.told("alice", "tfgrid.update_entity", moved)).toEqual([
      "Yes",
      { event: "TfgridModule.EntityUpdated", entity: { ...stored, ...moved } },
    ]);
    expect(stage.told("alice", "tfgrid.delete_entity")).toEqual([
      "Yes",
      { event: "TfgridModule.EntityDeleted", entityId: 1 },
    ]);
  });

  it("is signed for by 64 bytes in hex, and no more", () => {
    const stage = new Stage();
    const bring = (signature: string) =>
      stage.act("x", "tfgrid.create_entity", { ...alice, signature });
    expect(bring(`${SIGNATURE}ab`)).toBe("TfgridModule.SignatureLengthIsIncorrect");
    expect(bring(`x${SIGNATURE.slice(1)}`)).toBe("TfgridModule.Panicked");
    expect(bring(`${SIGNATURE.slice(1)}x`)).toBe("TfgridModule.Panicked");
    expect(bring("AB09".repeat(32))).toBe("Yes");
  });

  it("is deleted by its account, and its number is not used again", () => {
    const stage = withAlice();
    expect(stage.act("bob", "tfgrid.delete_entity")).toBe("TfgridModule.EntityNotExists");
    expect(stage.act("alice", "tfgrid.delete_entity")).toBe("Yes");
    stage.act("x", "tfgrid.create_entity", { ...alice, signature: SIGNATURE });
    expect([...stage.state.entities.byId.keys()]).toEqual([2]);
  });
});

describe("a twin's proof of an entity", () => {
  const proof = { twin_id: 1, entity_id: 1, signature: SIGNATURE };
  const proofs = (stage: Stage) =>
    [...stage.state.twins.byId.values()][0].entities.map(({ signature }) => signature);

  it("is kept once a signature, by the twin's account alone", () => {
    const stage = withAlice();
    const add = (by: string, change: object = {}) =>
      stage.act(by, "tfgrid.add_twin_entity", { ...proof, ...change });
    expect(add("bob", { entity_id: 2, twin_id: 2 })).toBe("TfgridModule.EntityNotExists");
    expect(add("bob", { twin_id: 2 })).toBe("TfgridModule.TwinNotExists");
    expect(add("alice")).toBe("TfgridModule.UnauthorizedToUpdateTwin");
    expect(add("bob", { signature: "ab" })).toBe("TfgridModule.Panicked");
    expect(add("bob", { verified: false })).toBe("TfgridModule.EntitySignatureDoesNotMatch");
    expect(add("bob")).toBe("Yes");
    expect(add("bob", { verified: false })).toBe("TfgridModule.EntityWithSignatureAlreadyExists");
    expect(add("bob", { signature: OTHER })).toBe("Yes");
    expect(proofs(stage)).toEqual([SIGNATURE, OTHER]);
  });

  it("is announced under both numbers, and dropped by its own twin only", () => {
    const stage = withAlice();
    const told = (name: string, args: object) => stage.told("bob", `tfgrid.${name}`, args);
    expect(told("add_twin_entity", proof)).toEqual([
      "Yes",
      {
        event: "TfgridModule.TwinEntityStored",
        ...{ twinId: 1, entityId: 1, signature: SIGNATURE },
      },
    ]);
    expect(told("delete_twin_entity", { twin_id: 1, entity_id: 1 })).toEqual([
      "Yes",
      { event: "TfgridModule.TwinEntityRemoved", twinId: 1, entityId: 1 },
    ]);
  });

  it("is one of 64 bytes in hex", () => {
    const stage = withAlice();
    const add = (signature: string) =>
      stage.act("bob", "tfgrid.add_twin_entity", { ...proof, signature });
    expect(add(`${SIGNATURE}ab`)).toBe("TfgridModule.Panicked");
    expect(add(`ab${SIGNATURE}`)).toBe("TfgridModule.Panicked");
    expect(add(`x${SIGNATURE.slice(1)}`)).toBe("TfgridModule.Panicked");
  });

  it("of two entities may be the same text", () => {
    const stage = withAlice();
    const carol = { ...alice, target: "carol", name: "Carol", signature: OTHER };
    stage.act("x", "tfgrid.create_entity", carol);
    expect(stage.act("bob", "tfgrid.add_twin_entity", proof)).toBe("Yes");
    expect(stage.act("bob", "tfgrid.add_twin_entity", { ...proof, entity_id: 2 })).toBe("Yes");
    expect(proofs(stage)).toEqual([SIGNATURE, SIGNATURE]);
  });

  it("outlives its entity, and the first of several is deleted first", () => {
    const stage = withAlice();
    stage.act("bob", "tfgrid.add_twin_entity", proof);
    stage.act("bob", "tfgrid.add_twin_entity", { ...proof, signature: OTHER });
    stage.act("alice", "tfgrid.delete_entity");
    const drop = (by: string, change: object = {}) =>
      stage.act(by, "tfgrid.delete_twin_entity", { twin_id: 1, entity_id: 1, ...change });
    expect(drop("bob", { twin_id: 2 })).toBe("TfgridModule.TwinNotExists");
    expect(drop("alice")).toBe("TfgridModule.UnauthorizedToUpdateTwin");
    expect(drop("bob", { entity_id: 3 })).toBe("TfgridModule.EntityNotExists");
    expect(drop("bob")).toBe("Yes");
    expect(proofs(stage)).toEqual([OTHER]);
    expect(drop("bob")).toBe("Yes");
    expect(drop("bob")).toBe("TfgridModule.EntityNotExists");
  });
});
